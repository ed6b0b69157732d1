#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:package MLNet.Vae.Report@*
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

var random = new Random(1);
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(i => new Sensor
{
    Features = [.. Enumerable.Range(0, 4).Select(_ => random.NextSingle() + i % 2)],
    Machine = i % 2 == 0 ? "press" : "saw",
    Temperature = 20 + 5 * random.NextSingle(),
    IsFaulty = i % 25 == 0,
}).ToList());
var options = new VaeOptions
{
    Architecture = VaeArchitecture.Mlp(8),
    Latent = VaeLatent.Gaussian(2),
    Training = new() { Epochs = 3, Seed = 1 },
};
using (var fitted = mlContext.Transforms.VaeEmbed(options).Fit(data))
    mlContext.Model.Save(fitted, data.Schema, "sensors.zip");

using var transformer = VaeTransformer.From(mlContext, "sensors.zip");
var report = VaeReport.Create(mlContext, transformer, data, new VaeReportOptions
{
    Title = "Sensors of hall 3",
    LabelColumnName = "IsFaulty",
    ColorColumns = ["Machine", "Temperature"],
});
report.Save("report.html");

var curves = report.ToHtml(VaeReportPart.LossCurves);
var space = report.ToHtml(VaeReportPart.LatentSpace);

var page = File.ReadAllText("report.html");
Console.WriteLine(page.Split('\n').First(line => line.Contains("<title>")).Trim());
Console.WriteLine($"parts begin with {curves[..21]} {space[..21]}");
File.Delete("report.html");
File.Delete("sensors.zip");

public class Sensor
{
    [VectorType(4)]
    public float[] Features { get; set; } = [];

    public string Machine { get; set; } = "";

    public float Temperature { get; set; }

    public bool IsFaulty { get; set; }
}
