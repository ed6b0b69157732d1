using MLNet.Vae.Interop;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Estimators;

/// <summary>Models whose decoder gives another column than the encoder reads.</summary>
public class TargetTests
{
    private const int Rows = 90;

    private static readonly string[] Slots = ["north", "east", "south", "west"];

    private readonly MLContext _mlContext = new(seed: 1);

    public static TheoryData<string, int, VaeInputKind> Inputs { get; } = new()
    {
        { nameof(ClassRows.Row.Kind), ClassRows.Classes, VaeInputKind.Key },
        { nameof(ClassRows.Row.SmallKind), ClassRows.Classes, VaeInputKind.Key },
        { nameof(ClassRows.Row.OneHot), ClassRows.Classes, VaeInputKind.OneHot },
        { nameof(ClassRows.Row.Features), ClassRows.Features, VaeInputKind.Vector },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Stands_the_workout(string column, int width, VaeInputKind kind)
    {
        var data = ClassRows.View(_mlContext, ClassRows.Create(Rows), ClassRows.Names, Slots);
        var estimator = _mlContext.Transforms.VaeEmbed(Options(column));
        var number = _mlContext.Transforms.CopyColumns(column, nameof(ClassRows.Row.Number)).Fit(data).Transform(data);
        Workout.Run(estimator, data, [(number, "a number as features")]);

        using var transformer = estimator.Fit(data);
        var info = transformer.Model.Info;
        Assert.Equal((width, kind, ClassRows.Targets), (info.FeatureCount, info.FeatureKind, info.TargetCount));
        Assert.Equal(Slots, info.TargetNames);
        Assert.Equal(kind == VaeInputKind.Key && column == "Kind" ? ClassRows.Names : null, info.FeatureNames);
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void A_saved_model_gives_the_fast_one_back(string column, int width, VaeInputKind kind)
    {
        Assert.InRange(width, ClassRows.Classes, ClassRows.Features);
        using var directory = new TemporaryDirectory();
        var data = ClassRows.View(_mlContext, Rows);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options(column)).Fit(data);
        transformer.ExportOnnx(directory.Path);
        using var fromLoaded = VaeTransformer.From(_mlContext, SavedModel.RoundTrip(transformer, data.Schema));
        using var fromOnnx = VaeTransformer.From(_mlContext, directory.File("scorer.onnx"));
        foreach (var other in new[] { fromLoaded, fromOnnx })
        {
            Assert.Equivalent(transformer.Model.Info, other.Model.Info, strict: true);
            Assert.Equal(kind, other.Model.Info.FeatureKind);
            ViewAssert.SameRows(transformer.Transform(data), other.Transform(data), _ => true);
        }
    }

    [Fact]
    public void The_target_is_not_read_to_score()
    {
        var data = ClassRows.View(_mlContext, Rows);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options("Kind")).Fit(data);
        var withoutTarget = _mlContext.Transforms.DropColumns("Target").Fit(data).Transform(data);
        Assert.Equal(
            transformer.Transform(data).GetColumn<float[]>("Predicted"),
            transformer.Transform(withoutTarget).GetColumn<float[]>("Predicted")
        );
    }

    [Fact]
    public void The_reconstruction_is_the_target_in_its_own_units()
    {
        var rows = ClassRows.Create(600);
        var options = Options("Kind") with { Training = TinyVae.Training with { Epochs = 60, LearningRate = 0.02 } };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(ClassRows.View(_mlContext, rows));
        var predicted = transformer.Transform(ClassRows.View(_mlContext, rows)).GetColumn<float[]>("Predicted").ToArray();
        for (var kind = 0; kind < ClassRows.Classes; kind++)
        {
            var mean = Enumerable
                .Range(0, ClassRows.Targets)
                .Select(j => rows.Where((_, i) => i % ClassRows.Classes == kind).Average(row => row.Target[j]));
            Assert.All(mean.Zip(predicted[kind]), pair => Assert.Equal(pair.First, pair.Second, 1.5));
        }
    }

    [Fact]
    public void A_target_and_a_condition_go_together()
    {
        var data = ClassRows.View(_mlContext, Rows);
        var options = Options("Kind") with { Condition = new() { ColumnName = "Level", LearnedPrior = true } };
        Workout.Run(_mlContext.Transforms.VaeEmbed(options), data, []);
    }

    [Fact]
    public void A_Bernoulli_likelihood_asks_for_the_target_s_values_alone_to_be_probabilities()
    {
        var data = ClassRows.View(_mlContext, Rows);
        var toPair = Options("Level") with
        {
            InputColumnName = "Target",
            TargetColumnName = "OneHot",
            Likelihood = VaeLikelihood.Bernoulli,
        };
        using var transformer = _mlContext.Transforms.VaeEmbed(toPair).Fit(data);
        Assert.All(transformer.Transform(data).GetColumn<float[]>("Predicted").SelectMany(row => row), p => Assert.InRange(p, 0, 1));

        var fault = Refusal.Expect(
            () => _mlContext.Transforms.VaeEmbed(toPair with { InputColumnName = "OneHot", TargetColumnName = "Target" }).Fit(data),
            "10 as a probability"
        );
        Assert.StartsWith(
            "Column \"Target\", row 0 (counted from 0), slot 1: a Bernoulli likelihood expects values from 0 to 1, found 10.",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_target_may_be_a_single_number()
    {
        var data = ClassRows.View(_mlContext, Rows);
        var options = Options("Kind") with { TargetColumnName = "Level" };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(data);
        Assert.Equal((1, "Level"), (transformer.Model.Info.TargetCount, transformer.Model.Info.TargetNames![0]));
        Assert.All(transformer.Transform(data).GetColumn<float[]>("Predicted"), level => Assert.True(float.IsFinite(Assert.Single(level))));
    }

    [Fact]
    public void A_target_that_is_missing_or_no_vector_is_refused()
    {
        var data = ClassRows.View(_mlContext, Rows);
        Expect("Nothing", "The target column \"Nothing\" is missing; the data has ");
        Expect("Name", "The target column \"Name\" must be a vector of numbers of known size, or a number; it is String. "
            + "Convert it first: mlContext.Transforms.Text.FeaturizeText(\"Name\").");
        Expect("SmallKind", "The target column \"SmallKind\" must be a vector of numbers of known size, or a number; it is Key<Byte, 0-2>. "
            + "Convert it first: mlContext.Transforms.Conversion.MapKeyToVector(\"SmallKind\").", "Key<Byte>");

        void Expect(string target, string fault, string? shape = null)
        {
            var estimator = _mlContext.Transforms.VaeEmbed(Options("Kind") with { TargetColumnName = target });
            var ofShape = shape is null ? fault : fault.Replace("Key<Byte, 0-2>", shape, StringComparison.Ordinal);
            Assert.StartsWith(fault, Refusal.Expect(() => estimator.Fit(data), target).Message, StringComparison.Ordinal);
            Assert.StartsWith(
                ofShape,
                Refusal.Expect(() => estimator.GetOutputSchema(MLNetInternals.Shape(data.Schema)), target).Message,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void A_text_as_features_is_to_be_mapped_to_keys()
    {
        var data = ClassRows.View(_mlContext, Rows);
        Assert.Equal(
            "The features column \"Name\" must be a key or a vector of numbers of known size; it is String. "
                + "Convert it first: mlContext.Transforms.Conversion.MapValueToKey(\"Name\"). (Parameter 'inputSchema')",
            Refusal.Expect(() => _mlContext.Transforms.VaeEmbed(Options("Name")).Fit(data), "text").Message);
    }

    [Fact]
    public void Rows_cannot_be_scored_against_a_target_that_is_not_there()
    {
        var data = ClassRows.View(_mlContext, Rows);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options("Kind")).Fit(data);
        var fault = Refusal.Expect(
            () => transformer.WithColumns(transformer.Model.Info.Columns with { Score = "S", Contributions = "B", PredictedLabel = "P" }),
            "a score"
        );
        Assert.Equal(
            "The model cannot score like this: This model reconstructs a target, not its features, and a row can be scored only against "
            + "its target: "
                + "it cannot give \"B\", \"S\" and \"P\". Leave Score, PredictedLabel and Contributions out.",
            fault.Message);
    }

    private static VaeOptions Options(string input)
        => TinyVae.Options with { InputColumnName = input, TargetColumnName = "Target", ReconstructionColumnName = "Predicted" };
}
