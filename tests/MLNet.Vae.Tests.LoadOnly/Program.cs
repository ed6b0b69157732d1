using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

// Scores tab-separated features with a saved model, by stock ML.NET alone. One line of JSON per row: what it has in the named column.
if (args is not [var modelPath, var dataPath, var featuresColumn, var column])
{
    Console.Error.WriteLine("Usage: MLNet.Vae.Tests.LoadOnly model.zip features.tsv features-column column");
    return 2;
}

var mlContext = new MLContext();
var model = mlContext.Model.Load(modelPath, out var inputSchema);
var width = ((VectorDataViewType)inputSchema[featuresColumn].Type).Size;
var data = mlContext.Data.LoadFromTextFile(dataPath, [new TextLoader.Column(featuresColumn, DataKind.Single, 0, width - 1)]);
var scored = model.Transform(data);
if (scored.Schema[column].Type is BooleanDataViewType)
    Write(scored.GetColumn<bool>(column));
else if (scored.Schema[column].Type is NumberDataViewType)
    Write(scored.GetColumn<float>(column));
else
    Write(scored.GetColumn<float[]>(column));

return 0;

static void Write<T>(IEnumerable<T> rows)
{
    foreach (var values in rows)
        Console.WriteLine(JsonSerializer.Serialize(values));
}
