using Microsoft.ML;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Generation;

/// <summary>What a generator says to bad input, word for word.</summary>
public sealed class GenerationErrorTests : IDisposable
{
    private static readonly float[] Row = [1, 2, 3, 4], Code = [0, 1, 2];

    private readonly VaeGenerator _gaussian = VaeGenerator.From(GeneratorModels.Gaussian);
    private readonly VaeGenerator _plain = VaeGenerator.From(GeneratorModels.Deterministic);
    private readonly VaeGenerator _quantized = VaeGenerator.From(GeneratorModels.Quantized);
    private readonly VaeGenerator _conditional = VaeGenerator.From(GeneratorModels.Conditional());

    public void Dispose()
    {
        foreach (var generator in new[] { _gaussian, _plain, _quantized, _conditional })
            generator.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Counts(int count)
    {
        OutOfRange($"The number of samples must be at least 1; it is {count}. (Parameter 'count')", () => _gaussian.Sample(count, 1));
        OutOfRange(
            $"The number of samples must be at least 1; it is {count}. (Parameter 'count')",
            () => _gaussian.SampleNear(Row, 1, count, 1)
        );
        OutOfRange(
            $"The number of steps must be at least 2; it is {count}. (Parameter 'steps')",
            () => _gaussian.Interpolate(Row, Row, count)
        );
        OutOfRange(
            $"The number of steps must be at least 2; it is {count}. (Parameter 'steps')",
            () => _gaussian.InterpolateCodes(Code, Code, count)
        );
        OutOfRange(
            $"The number of steps must be at least 2; it is {count}. (Parameter 'steps')",
            () => _gaussian.Traverse(Row, 0, steps: count)
        );
        OutOfRange($"The width of the grid must be at least 1; it is {count}. (Parameter 'width')", () => _gaussian.Manifold(count, 1));
        OutOfRange($"The height of the grid must be at least 1; it is {count}. (Parameter 'height')", () => _gaussian.Manifold(1, count));
    }

    [Fact]
    public void Scales_and_ranges()
    {
        OutOfRange(
            "The scale must be a finite number, 0 or above; it is -1. (Parameter 'scale')",
            () => _gaussian.SampleNear(Row, -1, 1, 1)
        );
        OutOfRange(
            "The scale must be a finite number, 0 or above; it is NaN. (Parameter 'scale')",
            () => _gaussian.SampleNear(Row, double.NaN, 1, 1)
        );
        OutOfRange("The range must be a finite number above 0; it is 0. (Parameter 'range')", () => _gaussian.Traverse(Row, 0, range: 0));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Latent_dimensions(int dimension)
    {
        var text = $"There is no latent dimension {dimension}: this model has 3, from 0 to 2.";
        OutOfRange($"{text} (Parameter 'dimension')", () => _gaussian.Traverse(Row, dimension));
        OutOfRange($"{text} (Parameter 'horizontal')", () => _gaussian.Manifold(2, 2, horizontal: dimension));
        OutOfRange($"{text} (Parameter 'vertical')", () => _gaussian.Manifold(2, 2, vertical: dimension));
        Argument(
            "Both axes of the grid are latent dimension 1. Give two different ones. (Parameter 'vertical')",
            () => _gaussian.Manifold(2, 2, horizontal: 1)
        );
    }

    [Fact]
    public void Rows_and_codes_of_another_width()
    {
        Argument(
            "Row 1 (counted from 0) has 2 values; the model has 4 features. Give features in the same order as in training. (Parameter "
            + "'rows')",
            () => _gaussian.Encode([Row, [1, 2]])
        );
        Argument(
            "The row has 5 values; the model has 4 features. Give features in the same order as in training. (Parameter 'row')",
            () => _gaussian.Traverse([1, 2, 3, 4, 5], 0)
        );
        Argument(
            "Code 0 (counted from 0) has 4 values; the model has 3 latent dimensions. Give codes as Encode or Sample returns them. "
            + "(Parameter 'codes')",
            () => _gaussian.Decode([Row]));
        Argument(
            "The code has 4 values; the model has 3 latent dimensions. Give codes as Encode or Sample returns them. (Parameter 'to')",
            () => _gaussian.InterpolateCodes(Code, Row, 3));
        Argument("Row 0 (counted from 0) is null. (Parameter 'rows')", () => _gaussian.Reconstruct([null!]));
    }

    [Fact]
    public void Values_that_are_not_finite()
    {
        Argument(
            "Row 1 (counted from 0), value 2 (\"height\") is NaN; only finite numbers can be used. Replace such values before. (Parameter "
            + "'rows')",
            () => _gaussian.Encode([Row, [1, 2, float.NaN, 4]]));
        Argument(
            "The code, value 0 is -Infinity; only finite numbers can be used. Replace such values before. (Parameter 'from')",
            () => _gaussian.InterpolateCodes([float.NegativeInfinity, 0, 0], Code, 3));
    }

    [Fact]
    public void Conditions()
    {
        Argument(
            "This model is conditional: give a condition, one of \"red\", \"green\" and \"blue\". (Parameter 'condition')",
            () => _conditional.Sample(1, 1)
        );
        Argument(
            "The model was never trained with the condition \"pink\": expected one of \"red\", \"green\" and \"blue\". (Parameter "
            + "'condition')",
            () => _conditional.Sample(1, 1, "pink"));
        Argument(
            "The model was never trained with the condition \"pink\": expected one of \"red\", \"green\" and \"blue\". (Parameter "
            + "'conditions')",
            () => _conditional.VaryCondition(Row, "red", ["blue", "pink"]));
        Argument(
            "The model was never trained with the condition [0, 0.5, 0.5]: expected one of \"red\", \"green\" and \"blue\". (Parameter "
            + "'condition')",
            () => _conditional.Reconstruct([Row], new float[] { 0, 0.5f, 0.5f })
        );
        Argument(
            "There is no condition to vary to. Give at least one. (Parameter 'conditions')",
            () => _conditional.VaryCondition(Row, "red", [])
        );
        Argument(
            "This model has no condition, and \"red\" was given as one. Leave it out, or train a model with VaeOptions.Condition. "
            + "(Parameter 'condition')",
            () => _gaussian.Decode([Code], "red"));
    }

    [Theory]
    [InlineData(VaeInputKind.Key, "4", "the number of a category, from 1 to 3")]
    [InlineData(VaeInputKind.Key, "0", "the number of a category, from 1 to 3")]
    [InlineData(VaeInputKind.Boolean, "perhaps", "true or false")]
    [InlineData(VaeInputKind.Scalar, "warm", "a finite number")]
    [InlineData(VaeInputKind.Vector, "red", "a vector of 3 finite values")]
    public void Conditions_of_every_kind(VaeInputKind kind, string value, string expected)
    {
        using var generator = VaeGenerator.From(GeneratorModels.Conditional(kind: kind, named: false));

        Argument(
            $"The model was never trained with the condition \"{value}\": expected {expected}. (Parameter 'condition')",
            () => generator.Sample(1, 1, value)
        );
    }

    [Fact]
    public void A_condition_may_be_given_in_several_ways()
    {
        using var numbered = VaeGenerator.From(GeneratorModels.Conditional(named: false));
        using var flag = VaeGenerator.From(GeneratorModels.Conditional(kind: VaeInputKind.Boolean));
        var green = _conditional.Sample(1, 1, "green").Rows;

        Assert.Equal(green, _conditional.Sample(1, 1, new float[] { 0, 1, 0 }).Rows);
        Assert.Equal(green, numbered.Sample(1, 1, "2").Rows);
        Assert.Equal(green, numbered.Sample(1, 1, 2f).Rows);
        Assert.Equal(flag.Sample(1, 1, true).Rows, flag.Sample(1, 1, "True").Rows);
        Assert.Equal(flag.Sample(1, 1, false).Rows, flag.Sample(1, 1, 0f).Rows);
        Assert.NotEqual(flag.Sample(1, 1, true).Rows, flag.Sample(1, 1, false).Rows);
        VaeConditionValue? none = (string?)null;
        Assert.Null(none);
        Assert.Equal(
            ["green", "true", "1.5", "[1, 0.5]"],
            new VaeConditionValue[] { "green", true, 1.5f, new float[] { 1, 0.5f } }.Select(c => c.ToString())
        );
    }

    [Fact]
    public void A_model_with_codes()
    {
        const string Instead = "Draw codes with Sample, compare rows with Reconstruct, or train a model with a Gaussian latent.";
        const string Between = "between the entries of the codebook lies nothing that the decoder has seen";
        Refused(
            "A grid makes no sense on a model with codes (VectorQuantized latent): a latent dimension of it has no values in between. "
            + $"{Instead}",
            () => _quantized.Manifold(3, 3)
        );
        Refused(
            $"Interpolation makes no sense on a model with codes (VectorQuantized latent): {Between}. {Instead}",
            () => _quantized.Interpolate(Row, Row, 3)
        );
        Refused(
            $"Interpolation makes no sense on a model with codes (VectorQuantized latent): {Between}. {Instead}",
            () => _quantized.InterpolateCodes(Code, Code, 3)
        );
        Refused(
            $"Traversal makes no sense on a model with codes (VectorQuantized latent): {Between}. {Instead}",
            () => _quantized.Traverse(Row, 0)
        );
        Refused(
            $"Sampling near a row makes no sense on a model with codes (VectorQuantized latent): {Between}. {Instead}",
            () => _quantized.SampleNear(Row, 1, 1, 1)
        );
    }

    [Fact]
    public void A_model_without_a_prior()
    {
        const string Rest = "needs a prior, and the code of a plain autoencoder (Deterministic latent) has none. "
            + "Vary the code of a row with SampleNear or Traverse, go from one row to another with Interpolate, draw a grid over codes of "
            + "rows that you give, or train a variational model (VaeLatent.Gaussian).";
        Refused($"Sampling {Rest}", () => _plain.Sample(1, 1));
        Refused($"A grid {Rest}", () => _plain.Manifold(3, 3));
    }

    [Fact]
    public void A_model_without_a_decoder()
    {
        using var directory = new TemporaryDirectory();
        GeneratorModels.Gaussian.ExportOnnx(directory.Path);

        Refused(
            "This model was loaded from an encoder alone; generation needs the decoder. Load scorer.onnx or the model.zip instead.",
            () => VaeGenerator.From(directory.File("encoder.onnx")));
        Argument(
            "The model cannot generate like this: VaeScoringOptions.BlockSize must be from 1 to 1048576, but is 0",
            () => VaeGenerator.From(GeneratorModels.Gaussian, new() { BlockSize = 0 }));
        Assert.Equal(
            $"There is no file \"{directory.File("none.zip")}\". Give the path of a saved model.zip or of an exported scorer.onnx.",
            Assert.Throws<FileNotFoundException>(() => VaeGenerator.From(directory.File("none.zip"))).Message);
    }

    [Fact]
    public void A_disposed_generator()
    {
        var generator = VaeGenerator.From(GeneratorModels.Gaussian);
        generator.Sample(1, 1);
        generator.Dispose();
        generator.Dispose();

        Assert.Equal(typeof(VaeGenerator).FullName, Assert.Throws<ObjectDisposedException>(() => generator.Sample(1, 1)).ObjectName);
    }

    [Fact]
    public void Errors_carry_the_mark_of_ML_NET_where_the_generator_is_a_transformer_s()
    {
        using var transformer = new VaeTransformer(new MLContext(), GeneratorModels.Gaussian, new());
        using var generator = VaeGenerator.From(transformer);
        var marked = Assert.Throws<ArgumentOutOfRangeException>(() => generator.Sample(0, 1));
        var plain = Assert.Throws<ArgumentOutOfRangeException>(() => _gaussian.Sample(0, 1));
        Assert.Equal(plain.Message, marked.Message);
        Assert.True(marked.Data.Contains(Refusal.Mark));
        Assert.False(plain.Data.Contains(Refusal.Mark));
    }

    private static void OutOfRange(string message, Action action) => Expect<ArgumentOutOfRangeException>(message, action);

    private static void Argument(string message, Action action) => Expect<ArgumentException>(message, action);

    private static void Refused(string message, Action action) => Expect<InvalidOperationException>(message, action);

    private static void Expect<T>(string message, Action action) where T : Exception
    {
        var error = Assert.Throws<T>(action);
        Assert.Equal(message, error.Message);
    }
}
