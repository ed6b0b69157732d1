using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

// Scores data with a saved model, by stock ML.NET alone. One line of JSON per row: its values in the named column.
if (args is not [var modelPath, var dataPath, var columnName])
{
    Console.Error.WriteLine("Usage: MLNet.Vae.Tests.LoadOnly model.zip data.idv column");
    return 2;
}

var mlContext = new MLContext();
var model = mlContext.Model.Load(modelPath, out _);
var view = model.Transform(mlContext.Data.LoadFromBinary(dataPath));
foreach (var value in view.GetColumn<float[]>(columnName))
{
    Console.WriteLine(JsonSerializer.Serialize(value));
}

return 0;
