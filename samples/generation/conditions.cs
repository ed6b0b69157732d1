#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Pictures of 12 × 12 pixels, rings and bars about the middle: the condition says which, the code where.
const int Side = 12;
Drawing[] drawings = [.. Drawings(300)];
var mlContext = new MLContext(seed: 1);
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
float[][] rows = [.. drawings.Where(drawing => drawing.Kind == "ring").Take(3).Select(drawing => drawing.Pixels)];
var row = rows[0];

using var generator = VaeGenerator.From(VaeTransformer.From(mlContext, model));
var rings = generator.Sample(10, seed: 1, condition: "ring");
var asBar = generator.VaryCondition(row, "ring", ["ring", "bar"]).Rows[1];

var pictures = VaePictures.Of(generator, new ImageShape(12, 12, 1, PixelLayout.Planar), scale: 4);
pictures.Styles(["ring", "bar"], count: 8, seed: 1).SavePng("styles.png");
pictures.Analogies(rows, ["ring", "ring", "ring"], ["ring", "bar"]).SavePng("analogies.png");

// A ring has twice the light of a bar.
var bars = generator.Sample(10, seed: 1, condition: "bar");
foreach (var (ring, bar) in rings.Rows.Zip(bars.Rows))
    Console.WriteLine($"a ring has {ring.Sum() / bar.Sum():F2} times the light of a bar with the same code");
Console.WriteLine($"as a bar it has {asBar.Sum() / row.Sum():F2} of its light");
foreach (var file in new[] { "styles.png", "analogies.png" })
{
    Console.WriteLine($"{file} has {new FileInfo(file).Length} bytes");
    File.Delete(file);
}

static IEnumerable<Drawing> Drawings(int count)
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

public class Drawing
{
    public string Kind { get; set; } = "";

    [VectorType(144)]
    public float[] Pixels { get; set; } = [];
}
