#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Names of two to four syllables.
string[] syllables = ["ka", "lo", "mi", "ne", "ru", "ta"];
var random = new Random(1);
List<Row> names = [.. Enumerable.Range(0, 800).Select(_ => new Row
{
    Text = string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => syllables[random.Next(syllables.Length)])),
})];
var mlContext = new MLContext(seed: 1);
var view = mlContext.Data.LoadFromEnumerable(names);

var tokens = mlContext.Transforms.Text.TokenizeIntoCharactersAsKeys("Characters", "Text", useMarkerCharacters: false)
    .Append(mlContext.Transforms.Conversion.MapKeyToValue("Characters"))
    .Append(mlContext.Transforms.Conversion.MapValueToKey("Features", "Characters"));
var data = tokens.Fit(view).Transform(view);
var options = VaeOptions.Sequences(dimension: 8, maximumLength: 12) with
{
    ScoreColumnName = "Score",
    Training = new() { Epochs = 40, LearningRate = 0.005 },
};
using var vae = mlContext.Transforms.VaeEmbed(options).Fit(data);

using var generator = VaeGenerator.From(vae);
var likeliest = generator.Sample(5, seed: 1).ToTokens();
var drawn = generator.Sample(5, seed: 1, draw: VaeDraw.Random).ToTokens();
foreach (var name in drawn)
    Console.WriteLine(string.Concat(name));

var codes = generator.Encode(data);
var between = generator.InterpolateCodes(codes[0], codes[1], steps: 6).ToTokens();
Console.WriteLine($"from {names[0].Text} to {names[1].Text}: {string.Join(", ", between.Select(name => string.Concat(name)))}");

var many = generator.Sample(200, seed: 2, draw: VaeDraw.Random).ToTokens().Select(name => string.Concat(name));
Console.WriteLine($"counts {likeliest.Count} {drawn.Count} {between.Count}");
Console.WriteLine($"names of 200 drawn ones: {many.Count(IsName)}");
Console.WriteLine($"mean score: {vae.Transform(data).GetColumn<float>("Score").Average():F2} nats");

try
{
    // All characters that there are, with marks, are too many: their names have to go first.
    var all = mlContext.Transforms.Text.TokenizeIntoCharactersAsKeys("Features", "Text").Fit(view).Transform(view);
    mlContext.Transforms.VaeEmbed(options).Fit(all);
}
catch (ArgumentOutOfRangeException fault)
{
    Console.WriteLine(fault.Message);
}

bool IsName(string name) => name.Length is 4 or 6 or 8 && name.Chunk(2).All(pair => syllables.Contains(new string(pair)));

public class Row
{
    public string Text { get; set; } = "";
}
