using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

// Scores tab-separated features with a saved model, by stock ML.NET alone. One line of JSON per row: its values in the named column.
if (args is not [var modelPath, var dataPath, var featuresColumn, var column])
{
    Console.Error.WriteLine("Usage: MLNet.Vae.Tests.LoadOnly model.zip features.tsv features-column column");
    return 2;
}

var mlContext = new MLContext();
var model = mlContext.Model.Load(modelPath, out var inputSchema);
var width = ((VectorDataViewType)inputSchema[featuresColumn].Type).Size;
var data = mlContext.Data.LoadFromTextFile(dataPath, [new TextLoader.Column(featuresColumn, DataKind.Single, 0, width - 1)]);
foreach (var values in model.Transform(data).GetColumn<float[]>(column))
{
    Console.WriteLine(JsonSerializer.Serialize(values));
}

return 0;
