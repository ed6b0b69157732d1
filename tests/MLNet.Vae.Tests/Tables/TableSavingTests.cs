using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Tables;

/// <summary>A model of a table outside of its transformer: as stock ML.NET loads it, and in ONNX Runtime alone.</summary>
public sealed class TableSavingTests : IClassFixture<TableSavingTests.Model>
{
    private readonly Model _model;

    public TableSavingTests(Model model) => _model = model;

    [Fact]
    public void Stock_transformers_read_the_same_columns()
    {
        using var folder = new TemporaryDirectory();
        var path = Path.Combine(folder.Path, "model.zip");
        _model.Context.Model.Save(_model.Transformer, _model.Data.Schema, path);
        using var ours = VaeTableTransformer.From(_model.Context, path);
        ViewAssert.SameRows(_model.Transformer.Transform(_model.Data), ours.Transform(_model.Data), _ => true);
        var loaded = new MLContext().Model.Load(path, out _);
        var (expected, found) = (_model.Transformer.Transform(_model.Data), loaded.Transform(_model.Data));
        Assert.DoesNotContain(found.Schema, column => column.Name.StartsWith("Table", StringComparison.Ordinal)
            || column.Name.StartsWith("vae.", StringComparison.Ordinal));
        Near(expected, found, "Embedding");
        Near(expected, found, "Columns");
        var (scores, others) = (expected.GetColumn<float>("Score"), found.GetColumn<float>("Score"));
        Assert.All(scores.Zip(others), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * Math.Max(1, Math.Abs(pair.First))));
        (loaded as IDisposable)?.Dispose();
    }

    [Fact]
    public void Onnx_Runtime_alone_scores_the_columns()
    {
        using var folder = new TemporaryDirectory();
        _model.Transformer.ExportOnnx(folder.Path);
        using var session = new InferenceSession(Path.Combine(folder.Path, "table.onnx"));
        var rows = _model.Rows;
        List<NamedOnnxValue> inputs =
        [
            Text("Country", row => row.Country), Number("Age", row => row.Age), Number("Amount", row => (float)row.Amount),
            Number("Member", row => row.Member ? 1 : 0), Number("Visits", row => row.Visits), Number("Gain", row => row.Gain),
        ];
        Assert.Equal(session.InputMetadata.Keys.Order(), inputs.Select(input => input.Name).Order());
        using var outputs = session.Run(inputs);
        var expected = _model.Context.Data.CreateEnumerable<ScoredVisit>(_model.Transformer.Transform(_model.Data), false).ToArray();
        var scores = outputs.Single(output => output.Name == "score").AsTensor<float>();
        var columns = outputs.Single(output => output.Name == "column_contributions").AsTensor<float>();
        for (var row = 0; row < rows.Length; row++)
        {
            Assert.Equal(expected[row].Score, scores[row, 0], 1e-3 * Math.Max(1, Math.Abs(expected[row].Score)));
            for (var column = 0; column < 6; column++)
                Assert.Equal(expected[row].Contributions[column], columns[row, column], 2e-3 * Math.Max(1, Math.Abs(expected[row].Score)));
        }

        NamedOnnxValue Text(string name, Func<Visit, string> of)
            => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<string>(rows.Select(of).ToArray(), [rows.Length, 1]));
        NamedOnnxValue Number(string name, Func<Visit, float> of)
            => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(rows.Select(of).ToArray(), [rows.Length, 1]));
    }

    [Fact]
    public void A_time_has_no_place_in_Onnx_and_is_named()
    {
        var data = Visit.View(_model.Context, Visit.Rows(100));
        using var model = _model.Context.Transforms.VaeEmbed(Visit.Options(1)).Fit(data);
        using var folder = new TemporaryDirectory();
        var fault = Assert.Throws<InvalidOperationException>(() => model.ExportOnnx(folder.Path));
        Assert.Contains("column 'Since' is a time", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Numbers_that_single_precision_does_not_tell_apart_are_named_and_come_back_by_our_way()
    {
        var random = new Random(1);
        var data = _model.Context.Data.LoadFromEnumerable(Enumerable.Range(0, 200)
            .Select(_ => new Large { Number = long.MaxValue - random.Next(100_000), Half = random.NextSingle() }).ToArray());
        using var model = _model.Context.Transforms.VaeEmbed(Visit.Options(2)).Fit(data);
        using var folder = new TemporaryDirectory();
        var fault = Assert.Throws<InvalidOperationException>(() => model.ExportOnnx(folder.Path));
        Assert.Contains("column 'Number' has numbers that single precision", fault.Message, StringComparison.Ordinal);
        var path = Path.Combine(folder.Path, "model.zip");
        _model.Context.Model.Save(model, data.Schema, path);
        using var loaded = VaeTableTransformer.From(_model.Context, path);
        Assert.Equal(model.Transform(data).GetColumn<float>("Score"), loaded.Transform(data).GetColumn<float>("Score"));
    }

    [Fact]
    public void A_key_without_names_comes_back_by_our_way()
    {
        var data = _model.Context.Data.LoadFromEnumerable(Enumerable.Range(0, 200)
            .Select(i => new Keyed { Key = (uint)(i * i % 7), Half = i % 13 / 13f }).ToArray());
        using var model = _model.Context.Transforms.VaeEmbed(Visit.Options(2)).Fit(data);
        using var folder = new TemporaryDirectory();
        var path = Path.Combine(folder.Path, "model.zip");
        _model.Context.Model.Save(model, data.Schema, path);
        using var loaded = VaeTableTransformer.From(_model.Context, path);
        Assert.Equal(model.Transform(data).GetColumn<float>("Score"), loaded.Transform(data).GetColumn<float>("Score"));
    }

    private static void Near(IDataView expected, IDataView found, string column)
        => Assert.All(
            expected.GetColumn<float[]>(column).Zip(found.GetColumn<float[]>(column)),
            pair => Assert.All(pair.First.Zip(pair.Second), value => Assert.Equal(value.First, value.Second, 2e-3)));

    private sealed class Large
    {
        public long Number { get; set; }

        public float Half { get; set; }
    }

    private sealed class Keyed
    {
        [KeyType(7)]
        public uint Key { get; set; }

        public float Half { get; set; }
    }

    public sealed class Model : IDisposable
    {
        public Model()
        {
            // With all that may go wrong on the way: holes, an unseen category, numbers beyond training.
            Rows = Visit.Rows(300, missing: 0.1);
            var options = Visit.Options(20) with
            {
                InputColumnNames = ["Country", "Age", "Amount", "Member", "Visits", "Gain"],
                ColumnKinds = System.Collections.Immutable.ImmutableDictionary<string, VaeColumnKind>.Empty
                    .Add("Amount", VaeColumnKind.LogNormal).Add("Visits", VaeColumnKind.Categorical).Add("Age", VaeColumnKind.Quantile),
            };
            Transformer = Context.Transforms.VaeEmbed(options).Fit(Visit.View(Context, Rows));
            (Rows[0].Country, Rows[1].Gain, Rows[2].Gain, Rows[3].Amount, Rows[4].Age, Rows[5].Age) = ("Atlantis", 1e5f, -1, -3, 200, -50);
            Rows[6].Visits = 1_000;
            Data = Visit.View(Context, Rows);
        }

        public MLContext Context { get; } = new(seed: 1);

        public Visit[] Rows { get; }

        public IDataView Data { get; }

        public VaeTableTransformer Transformer { get; }

        public void Dispose() => Transformer.Dispose();
    }
}
