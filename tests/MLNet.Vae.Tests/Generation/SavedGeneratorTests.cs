using MLNet.Vae.Tests.Kit;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Generation;

/// <summary>What was saved or exported generates what the model in memory does.</summary>
public class SavedGeneratorTests
{
    public static TheoryData<string> Kinds =>
    [
        "gaussian", "deterministic", "mixture", "quantized", "code prior", "semi-supervised", "hierarchical", "conditional",
        "learned prior", "target",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void From_a_file_as_from_the_model(string kind)
    {
        using var directory = new TemporaryDirectory();
        var mlContext = new MLContext(seed: 1);
        var model = GeneratorModels.Of(kind);
        using var transformer = new VaeTransformer(mlContext, model, new());
        transformer.ExportOnnx(directory.Path);
        mlContext.Model.Save(transformer, Data(mlContext, model).Schema, directory.File("model.zip"));
        using var expected = VaeGenerator.From(model);
        using var onnx = VaeGenerator.From(directory.File("scorer.onnx"));
        using var zip = VaeGenerator.From(directory.File("model.zip"));
        using var own = VaeGenerator.From(transformer);

        foreach (var generator in new[] { onnx, zip, own })
        {
            Assert.Equal(Everything(expected, kind), Everything(generator, kind));
            Assert.Equivalent(model.Info, generator.Model.Info);
        }
    }

    private static float[][] Everything(VaeGenerator generator, string kind)
    {
        VaeConditionValue? condition = kind is "conditional" or "learned prior" ? "green" : null;
        var rows = GeneratorModels.Rows(6);
        var samples = new List<VaeSamples>
        {
            generator.Reconstruct(rows, condition),
            generator.Decode(generator.Encode(rows, condition), condition, VaeDraw.Random, seed: 1),
        };
        if (kind != "deterministic")
            samples.Add(generator.Sample(6, 1, condition, VaeDraw.Random));
        if (kind is not ("quantized" or "code prior"))
        {
            samples.Add(generator.SampleNear(rows[0], 0.5, 3, 1, condition));
            samples.Add(generator.Interpolate(rows[0], rows[1], 3, condition: condition));
            samples.Add(generator.Traverse(rows[0], 1, condition: condition));
        }
        if (kind is not ("quantized" or "code prior" or "deterministic"))
            samples.Add(generator.Manifold(2, 2, condition: condition));
        return [.. samples.SelectMany(s => s.Latents.Concat(s.Rows))];
    }

    private static IDataView Data(MLContext mlContext, VaeModel model)
    {
        using var generator = VaeGenerator.From(model);
        return model.Info is { TargetCount: > 0 } ? SampleData.Features(mlContext, GeneratorModels.Rows(2), GeneratorModels.Features)
            : generator.Reconstruct(GeneratorModels.Rows(2), model.Info.ConditionCount > 0 ? "red" : null).ToDataView(mlContext);
    }
}
