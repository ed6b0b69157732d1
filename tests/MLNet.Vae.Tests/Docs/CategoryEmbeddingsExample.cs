using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Docs;

public sealed class CategoryEmbeddingsExample
{
    private static readonly string[] Products = ["tea", "coffee", "cocoa", "nails", "screws", "glue"];

    [Fact]
    public void Runs_as_it_stands()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("products.zip");
        var mlContext = new MLContext(seed: 1);
        var data = mlContext.Data.LoadFromEnumerable(Rows(900));

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

        Assert.Equal(["cocoa", "coffee"], products.Nearest("tea", 2).Select(near => near.Category).Order());
        Assert.Equal(["nails", "screws"], products.Nearest("glue", 2, VaeDistance.Euclidean).Select(near => near.Category).Order());
        var again = VaeCategoryEmbeddings.From(VaeTransformer.From(mlContext, path));
        Assert.Equal(products.Vector("glue").ToArray(), again.Vector("glue").ToArray());
    }

    /// <summary>What else was bought: the shelves that go with a drink, or with a tool.</summary>
    private static IEnumerable<Sale> Rows(int count)
    {
        var random = new Random(1);
        return Enumerable.Range(0, count).Select(i => new Sale
        {
            Product = Products[i % Products.Length],
            Basket = [.. Enumerable.Range(0, 4).Select(shelf => (shelf < 2 == i % Products.Length < 3 ? 5 : 0) + random.NextSingle())],
        });
    }

    public sealed class Sale
    {
        public string Product { get; set; } = "";

        [VectorType(4)]
        public float[] Basket { get; set; } = [];
    }
}
