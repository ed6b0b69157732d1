using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class ConditionedPicturesExample
{
    private const int Side = 12;

    [Fact]
    public void The_condition_decides_what_is_drawn_and_the_code_where()
    {
        var mlContext = new MLContext(seed: 1);
        Drawing[] drawings = [.. Drawings(300)];
        var data = mlContext.Data.LoadFromEnumerable(drawings);
        var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Kind").Append(mlContext.Transforms.VaeEmbed(new VaeOptions
        {
            InputColumnName = "Pixels",
            Condition = new() { ColumnName = "Kind" },
            Architecture = VaeArchitecture.Mlp(64),
            Latent = VaeLatent.Gaussian(2),
            Likelihood = VaeLikelihood.Bernoulli,
            Training = new() { Epochs = 30, LearningRate = 0.01, Seed = 1 },
        }));
        var model = pipeline.Fit(data);
        float[][] rows = [.. drawings.Where(d => d.Kind == "ring").Take(3).Select(d => d.Pixels)];
        var row = rows[0];

        using var generator = VaeGenerator.From(VaeTransformer.From(mlContext, model));
        var rings = generator.Sample(10, seed: 1, condition: "ring");
        var asBar = generator.VaryCondition(row, "ring", ["ring", "bar"]).Rows[1];

        try
        {
            var pictures = VaePictures.Of(generator, new ImageShape(12, 12, 1, PixelLayout.Planar), scale: 4);
            pictures.Styles(["ring", "bar"], count: 8, seed: 1).SavePng("styles.png");
            pictures.Analogies(rows, ["ring", "ring", "ring"], ["ring", "bar"]).SavePng("analogies.png");
            Assert.All(["styles.png", "analogies.png"], file => Assert.True(new FileInfo(file).Length > 500));
        }
        finally
        {
            File.Delete("styles.png");
            File.Delete("analogies.png");
        }
        // A ring has twice the light of a bar.
        var bars = generator.Sample(10, seed: 1, condition: "bar");
        Assert.Equal(rings.Latents, bars.Latents);
        Assert.All(rings.Rows.Zip(bars.Rows), pair => Assert.True(pair.First.Sum() > 1.4 * pair.Second.Sum()));
        Assert.InRange(asBar.Sum(), 0, 0.7 * row.Sum());
    }

    /// <summary>Rings and bars about the middle.</summary>
    private static IEnumerable<Drawing> Drawings(int count)
    {
        var random = new Random(1);
        return Enumerable.Range(0, count).Select(i =>
        {
            var (x, y, ring) = (4 + (random.NextDouble() * (Side - 9)), 4 + (random.NextDouble() * (Side - 9)), i % 2 == 0);
            return new Drawing
            {
                Kind = ring ? "ring" : "bar",
                Pixels = [.. Enumerable.Range(0, Side * Side).Select(slot =>
                {
                    var (dx, dy) = ((slot % Side) - x, (slot / Side) - y);
                    var distance = ring ? Math.Sqrt((dx * dx) + (dy * dy)) - 2.5 : Math.Max(Math.Abs(dx), Math.Abs(dy) / 3);
                    return (float)Math.Clamp(1.2 - Math.Abs(distance), 0, 1);
                })],
            };
        });
    }

    public sealed class Drawing
    {
        public string Kind { get; set; } = "";

        [VectorType(Side * Side)]
        public float[] Pixels { get; set; } = [];
    }
}
