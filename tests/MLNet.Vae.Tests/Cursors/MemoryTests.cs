using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Cursors;

[Collection(AloneInProcess.Name)]
public class MemoryTests
{
    private const int Rows = 200_000;
    private const int WarmUpRows = 20_000;
    private const int Features = 30;
    private const long ManagedBound = 2 << 20;
    private const long ProcessBound = 24 << 20;

    // Delegates, dictionaries and the like of a cursor; far below a byte per row.
    private const long AllocationBound = 512 << 10;

    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void Scoring_many_rows_takes_no_more_memory_than_scoring_few()
    {
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Create(SampleModels.AllColumns, Features, 8, 64), new());
        var view = transformer.Transform(new RepeatedRows(Rows, Features));
        using var cursor = view.GetRowCursor(view.Schema);
        var getters = new RowGetters(cursor);
        Advance(cursor, getters, WarmUpRows);
        var (managed, process) = Measure();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Rows - WarmUpRows, Advance(cursor, getters, Rows));
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var (managedAfter, processAfter) = Measure();

        Assert.True(allocated < AllocationBound, $"{allocated} bytes were allocated");
        Assert.True(managedAfter - managed < ManagedBound, $"managed memory grew by {managedAfter - managed} bytes");
        Assert.True(processAfter - process < ProcessBound, $"the process grew by {processAfter - process} bytes beside its heap");
    }

    [Fact]
    public void Many_passes_take_no_more_memory_than_few()
    {
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Create(SampleModels.AllColumns, Features, 8, 64), new());
        var view = transformer.Transform(new RepeatedRows(1000, Features));
        Pass(100);
        var (managed, process) = Measure();
        Pass(200);
        var (managedAfter, processAfter) = Measure();
        Assert.True(managedAfter - managed < ManagedBound, $"managed memory grew by {managedAfter - managed} bytes");
        Assert.True(processAfter - process < ProcessBound, $"the process grew by {processAfter - process} bytes beside its heap");

        void Pass(int count)
        {
            for (var i = 0; i < count; i++)
            {
                using var cursor = view.GetRowCursor(view.Schema);
                Advance(cursor, new RowGetters(cursor), 1000);
            }
        }
    }

    [Fact]
    public void Predictions_take_no_more_memory_as_they_go_on()
    {
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Create(SampleModels.AllColumns, Features, 8, 64), new());
        var input = new RepeatedRows(Rows, Features);
        using var source = input.GetRowCursor(input.Schema);
        using var row = ((ITransformer)transformer)
            .GetRowToRowMapper(input.Schema)
            .GetRow(source, transformer.GetOutputSchema(input.Schema));
        var score = row.GetGetter<float>(row.Schema["Score"]);
        var value = 0f;
        Predict(1000);
        var (managed, process) = Measure();
        Predict(20_000);
        var (managedAfter, processAfter) = Measure();
        Assert.True(managedAfter - managed < ManagedBound, $"managed memory grew by {managedAfter - managed} bytes");
        Assert.True(processAfter - process < ProcessBound, $"the process grew by {processAfter - process} bytes beside its heap");

        void Predict(int count)
        {
            for (var i = 0; i < count && source.MoveNext(); i++)
            {
                score(ref value);
            }
        }
    }

    [Fact]
    public void Every_pass_gives_the_same_bits()
    {
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Create(SampleModels.AllColumns, Features, 8, 64), new());
        var view = transformer.Transform(new RepeatedRows(5000, Features));
        var scores = view.GetColumn<float>("Score").ToArray();
        var embeddings = view.GetColumn<float[]>("Embedding").ToArray();
        Parallel.For(0, 8, _ =>
        {
            Assert.Equal(scores, view.GetColumn<float>("Score"));
            Assert.Equal(embeddings, view.GetColumn<float[]>("Embedding"));
        });
    }

    private static int Advance(DataViewRowCursor cursor, RowGetters getters, int rows)
    {
        var read = 0;
        while (read < rows && cursor.MoveNext())
        {
            getters.Read();
            read++;
        }

        return read;
    }

    /// <summary>
    /// What lives on the managed heap, and what the process has beside that heap: how much of it the collector keeps for later is its own
    /// affair, and moves by tens of megabytes with what ran before.
    /// </summary>
    private static (long Managed, long Process) Measure()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        return (managed, process.WorkingSet64 - GC.GetGCMemoryInfo().TotalCommittedBytes);
    }

    /// <summary>All of a cursor's columns, read into the same variables row after row.</summary>
    private sealed class RowGetters(DataViewRowCursor cursor)
    {
        private readonly ValueGetter<VBuffer<float>>[] _vectors =
        [
            .. new[] { "Features", "Embedding", "EmbeddingLogSigma", "Reconstruction", "Contributions" }
                .Select(name => cursor.GetGetter<VBuffer<float>>(cursor.Schema[name])),
        ];

        private readonly ValueGetter<float> _score = cursor.GetGetter<float>(cursor.Schema["Score"]);
        private readonly ValueGetter<bool> _label = cursor.GetGetter<bool>(cursor.Schema["PredictedLabel"]);
        private readonly VBuffer<float>[] _values = new VBuffer<float>[5];
        private float _scoreValue;
        private bool _labelValue;

        public void Read()
        {
            for (var i = 0; i < _vectors.Length; i++)
            {
                _vectors[i](ref _values[i]);
            }

            _score(ref _scoreValue);
            _label(ref _labelValue);
        }
    }
}
