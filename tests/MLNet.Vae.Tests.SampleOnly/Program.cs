using System.Globalization;
using System.Text.Json;
using MLNet.Vae;

// Draws samples with a saved or exported model. One line of JSON per row, then one with the names of the assemblies that it took.
if (args is not [var modelPath, var countText, var seedText, .. var condition])
{
    Console.Error.WriteLine("Usage: MLNet.Vae.Tests.SampleOnly model.zip|scorer.onnx count seed [condition]");
    return 2;
}

using var generator = VaeGenerator.From(modelPath);
var samples = generator.Sample(
    int.Parse(countText, CultureInfo.InvariantCulture), int.Parse(seedText, CultureInfo.InvariantCulture),
    condition.FirstOrDefault(), VaeDraw.Random);
foreach (var row in samples.Rows)
{
    Console.WriteLine(JsonSerializer.Serialize(row));
}

Console.WriteLine(JsonSerializer.Serialize(AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name)));
return 0;
