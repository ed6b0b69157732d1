#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:package MLNet.Vae.Mpi@*
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Each rank reads its own files; here the first one writes them before. Run it with mpirun, or alone as a group of one.
using var group = VaeMpi.Start();
if (group.Rank == 0)
    WriteParts();
group.Gather([]);

var mine = Directory.GetFiles("parts", "*.csv").Order().Where((_, i) => i % group.Size == group.Rank).ToArray();
var options = new VaeOptions { Training = new() { Seed = 1, Group = group } };

var mlContext = new MLContext(seed: 1);
var loader = mlContext.Data.CreateTextLoader(new TextLoader.Options
{
    Columns = [new("Features", DataKind.Single, 0, 2)],
    Separators = [','],
});
options = options with { Training = options.Training with { Epochs = 2 } };
using var model = mlContext.Transforms.VaeEmbed(options).Fit(loader.Load(mine));
Console.WriteLine($"rank {group.Rank} of {group.Size}: {mine.Length} files, {model.Model.Info.Training!.TrainingRows} rows of all ranks");
if (group.Rank == 0)
    Directory.Delete("parts", recursive: true);

static void WriteParts()
{
    var random = new Random(1);
    Directory.CreateDirectory("parts");
    for (var part = 0; part < 3; part++)
    {
        File.WriteAllLines(Path.Combine("parts", $"{part}.csv"), Enumerable.Range(0, 40).Select(_ =>
            FormattableString.Invariant($"{random.NextSingle()},{random.NextSingle()},{random.NextSingle()}")));
    }
}
