#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// What else was bought: the shelves that go with a drink, or with a tool.
string[] names = ["tea", "coffee", "cocoa", "nails", "screws", "glue"];
var random = new Random(1);
var path = Path.GetTempFileName();
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 900).Select(i => new Sale
{
    Product = names[i % 6],
    Basket = [.. Enumerable.Range(0, 4).Select(shelf => (shelf < 2 == i % 6 < 3 ? 5 : 0) + random.NextSingle())],
}).ToList());

var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Product")
    .Append(mlContext.Transforms.VaeEmbed(new VaeOptions
    {
        InputColumnName = "Product",
        TargetColumnName = "Basket",
        Latent = VaeLatent.Gaussian(2),
        Training = new() { Epochs = 60, LearningRate = 0.01, Seed = 1 },
    }));
var model = pipeline.Fit(data);
var products = VaeCategoryEmbeddings.From(model.LastTransformer);
foreach (var near in products.Nearest("tea", count: 2, VaeDistance.Cosine))
    Console.WriteLine($"{near.Category} {near.Distance:F2}");
mlContext.Model.Save(model, data.Schema, path);

var (tea, glue) = (products.Nearest("tea", 2), products.Nearest("glue", 2, VaeDistance.Euclidean));
Console.WriteLine($"near tea: {string.Join(' ', tea.Select(near => near.Category).Order())}");
Console.WriteLine($"near glue: {string.Join(' ', glue.Select(near => near.Category).Order())}");
var again = VaeCategoryEmbeddings.From(VaeTransformer.From(mlContext, path));
Console.WriteLine(again.Vector("glue").SequenceEqual(products.Vector("glue")) ? "loaded: the same" : "loaded: another");
File.Delete(path);

public class Sale
{
    public string Product { get; set; } = "";

    [VectorType(4)]
    public float[] Basket { get; set; } = [];
}
