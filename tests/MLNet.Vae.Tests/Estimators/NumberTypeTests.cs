using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Estimators;

/// <summary>Features and conditions that are other numbers than vectors of Single: read as ML.NET's own conversion gives them.</summary>
public class NumberTypeTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [Theory]
    [InlineData(DataKind.Double)]
    [InlineData(DataKind.SByte)]
    [InlineData(DataKind.Byte)]
    [InlineData(DataKind.Int16)]
    [InlineData(DataKind.UInt16)]
    [InlineData(DataKind.Int32)]
    [InlineData(DataKind.UInt32)]
    [InlineData(DataKind.Int64)]
    [InlineData(DataKind.UInt64)]
    [InlineData(DataKind.Boolean)]
    public void A_vector_gives_the_model_of_its_conversion(DataKind kind)
    {
        var data = Converted(Whole(kind == DataKind.Boolean ? 2 : 100), kind);
        var single = _mlContext.Transforms.Conversion.ConvertType("Features", outputKind: DataKind.Single).Fit(data).Transform(data);
        Same(Options, data, single).Dispose();
    }

    [Theory]
    [InlineData(DataKind.Single)]
    [InlineData(DataKind.Double)]
    [InlineData(DataKind.Int32)]
    [InlineData(DataKind.Boolean)]
    public void A_single_value_gives_the_model_of_a_vector_of_one(DataKind kind)
    {
        var rows = Whole(kind == DataKind.Boolean ? 2 : 100).Select(row => new One { Features = row[0] }).ToArray();
        var loaded = _mlContext.Data.LoadFromEnumerable(rows);
        var data = To(kind, loaded);
        var vector = _mlContext.Transforms.Concatenate("Features", "Features").Fit(loaded).Transform(loaded);
        using var model = Same(Options, data, vector);
        Assert.Equal(["Features"], model.Model.Info.FeatureNames);
    }

    [Fact]
    public void A_condition_may_be_a_Double_or_a_vector_of_whole_numbers()
    {
        var rows = Whole(100).Select(row => new Conditional { Features = row, C = row[0], D = [(int)row[1], (int)row[2]] }).ToArray();
        var data = _mlContext.Data.LoadFromEnumerable(rows);
        var single = _mlContext.Transforms.Conversion.ConvertType("C", outputKind: DataKind.Single)
            .Append(_mlContext.Transforms.Conversion.ConvertType("D", outputKind: DataKind.Single)).Fit(data).Transform(data);
        foreach (var column in new[] { "C", "D" })
        {
            var options = Options with { Condition = new() { ColumnName = column } };
            Same(options, data, single).Dispose();
        }
    }

    [Fact]
    public void A_flag_of_known_anomalies_may_be_a_whole_number()
    {
        var rows = Whole(100).Select((row, i) => new Flagged { Features = row, Flag = i % 20 == 0 ? 1 : 0 }).ToArray();
        var data = _mlContext.Data.LoadFromEnumerable(rows);
        var options = TinyVae.AnomalyOptions with { KnownAnomalyColumnName = nameof(Flagged.Flag) };
        using var detector = _mlContext.AnomalyDetection.Trainers.Vae(options).Fit(data);
        Assert.Equal(10, detector.Model.Info.KnownAnomalyCount);
    }

    [Fact]
    public void A_Double_that_Single_does_not_hold_is_named_with_row_and_slot()
    {
        var rows = Whole(100);
        rows[7][3] = float.PositiveInfinity;
        var data = Converted(rows, DataKind.Double);
        Refusal.Expect(() => _mlContext.Transforms.VaeEmbed(Options).Fit(data), "slot 3");
    }

    [Fact]
    public void A_prediction_engine_takes_the_values_as_they_are()
    {
        var rows = Whole(60).Select(row => new Doubles { Features = Array.ConvertAll(row, value => (double)value) }).ToArray();
        var data = _mlContext.Data.LoadFromEnumerable(rows);
        using var model = _mlContext.Transforms.VaeEmbed(Options).Fit(data);
        using var engine = _mlContext.Model.CreatePredictionEngine<Doubles, Embedded>(
            model, new PredictionEngineOptions { OwnsTransformer = false });
        FloatAssert.Near(model.Transform(data).GetColumn<float[]>("Embedding").First(), engine.Predict(rows[0]).Embedding, "embedding");
    }

    private static VaeOptions Options => TinyVae.Options with { ReconstructionColumnName = "R", ScoreColumnName = "S" };

    /// <summary>The same columns from both, from the model as it is and as stock ML.NET opens it.</summary>
    private VaeTransformer Same(VaeOptions options, IDataView data, IDataView single)
    {
        var model = _mlContext.Transforms.VaeEmbed(options).Fit(data);
        using var other = _mlContext.Transforms.VaeEmbed(options).Fit(single);
        foreach (var column in new[] { "Embedding", "R" })
        {
            var expected = other.Transform(single).GetColumn<float[]>(column).ToList();
            Assert.Equal(expected, model.Transform(data).GetColumn<float[]>(column));
            var loaded = SavedModel.RoundTrip(model, data.Schema).Transform(data);
            Assert.Equal(model.GetOutputSchema(data.Schema).Select(c => c.Name), loaded.Schema.Select(c => c.Name));
            Assert.All(
                expected.Zip(loaded.GetColumn<float[]>(column)), pair => FloatAssert.Near(pair.First, pair.Second, column));
        }

        using var again = VaeTransformer.From(_mlContext, SavedModel.RoundTrip(model, data.Schema));
        Assert.Equal(
            model.Transform(data).GetColumn<float>("S"), again.Transform(data).GetColumn<float>("S"));
        return model;
    }

    private IDataView Converted(float[][] rows, DataKind kind)
    {
        var data = SampleData.Features(_mlContext, rows, FactorRows.Features);
        return To(kind, data);
    }

    // By way of text, as ML.NET makes no whole numbers of Single.
    private IDataView To(DataKind kind, IDataView data) => _mlContext.Transforms.Conversion
        .ConvertType("Features", outputKind: DataKind.String)
        .Append(_mlContext.Transforms.Conversion.ConvertType("Features", outputKind: kind)).Fit(data).Transform(data);

    private static float[][] Whole(int below)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 200).Select(_ => Enumerable.Range(0, FactorRows.Features)
            .Select(_ => (float)random.Next(below)).ToArray())];
    }

    private sealed class One
    {
        public float Features { get; set; }
    }

    private sealed class Conditional
    {
        [VectorType(FactorRows.Features)]
        public float[] Features { get; set; } = [];

        public double C { get; set; }

        [VectorType(2)]
        public int[] D { get; set; } = [];
    }

    private sealed class Flagged
    {
        [VectorType(FactorRows.Features)]
        public float[] Features { get; set; } = [];

        public int Flag { get; set; }
    }

    private sealed class Doubles
    {
        [VectorType(FactorRows.Features)]
        public double[] Features { get; set; } = [];
    }

    private sealed class Embedded
    {
        public float[] Embedding { get; set; } = [];
    }
}
