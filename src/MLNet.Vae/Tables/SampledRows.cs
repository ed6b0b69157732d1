using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Data;
using static TorchSharp.torch;

namespace MLNet.Vae.Tables;

/// <summary>Rows of a table as numbers of their fields, beside their posteriors.</summary>
/// <param name="Codes"><c>[rows, fields]</c>, −1 missing.</param>
/// <param name="Mean">Posterior mean, <c>[rows, L]</c>.</param>
/// <param name="Sigma">Posterior standard deviation, <c>[rows, L]</c>.</param>
internal sealed record SampledRows(Tensor Codes, Tensor Mean, Tensor Sigma) : IDisposable
{
    /// <summary>Most rows that are kept; of more, each is with the same probability.</summary>
    private const int Most = 200_000;

    public long Count => Codes.size(0);

    /// <param name="model">Of the table.</param>
    /// <param name="features">Rows with their features.</param>
    /// <param name="codes">How features are numbered.</param>
    /// <param name="seed">Of what is kept, and of its order.</param>
    /// <param name="training">Cancels.</param>
    public static SampledRows Read(VaeTransformer model, IDataView features, RowCodes codes, int seed, VaeTrainingOptions training)
    {
        const string Mean = "TableMean", LogSigma = "TableLogSigma";
        using var encoder = model.WithColumns(new() { Features = TableNames.Features, Embedding = Mean, LogSigma = LogSigma });
        var view = encoder.Transform(features);
        var random = new Random(Seeds.Of(seed, RandomStream.RowSampler));
        var kept = new List<(int[] Codes, float[] Mean, float[] LogSigma)>();
        var count = 0L;
        var columns = view.Schema;
        using (var cursor = view.GetRowCursor([columns[TableNames.Features], columns[Mean], columns[LogSigma]]))
        {
            var feature = Getter(cursor, TableNames.Features);
            var (mean, logSigma) = (Getter(cursor, Mean), Getter(cursor, LogSigma));
            for (; cursor.MoveNext(); count++)
            {
                if (count % 4_096 == 0)
                    training.ThrowIfCancelled();
                var place = kept.Count < Most ? kept.Count : random.NextInt64(count + 1);
                if (place >= Most)
                    continue;
                var row = feature();
                var own = (new int[codes.Fields], mean().ToArray(), logSigma().ToArray());
                for (var field = 0; field < codes.Fields; field++)
                    own.Item1[field] = codes.Of(field, row.Span);
                if (place == kept.Count)
                    kept.Add(own);
                else
                    kept[(int)place] = own;
            }
        }
        var shuffled = kept.ToArray();
        random.Shuffle(shuffled);
        using var scope = NewDisposeScope();
        var fields = codes.Fields;
        var numbers = new long[shuffled.Length * fields];
        for (var i = 0; i < shuffled.Length; i++)
        {
            for (var field = 0; field < fields; field++)
                numbers[(i * fields) + field] = shuffled[i].Codes[field];
        }
        return new(
            tensor(numbers, [shuffled.Length, fields]).MoveToOuterDisposeScope(),
            Points(shuffled.Select(row => row.Mean)).MoveToOuterDisposeScope(),
            Points(shuffled.Select(row => row.LogSigma)).exp().MoveToOuterDisposeScope());

        Tensor Points(IEnumerable<float[]> rows)
            => tensor(rows.SelectMany(row => row).ToArray(), [shuffled.Length, model.Model.Info.LatentDimension]);
    }

    private static Func<ReadOnlyMemory<float>> Getter(DataViewRow row, string column)
    {
        var getter = row.GetGetter<VBuffer<float>>(row.Schema[column]);
        VBuffer<float> value = default;
        return () =>
        {
            getter(ref value);
            return value.DenseValues().ToArray();
        };
    }

    public void Dispose()
    {
        Codes.Dispose();
        Mean.Dispose();
        Sigma.Dispose();
    }
}
