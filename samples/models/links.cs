#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// 300 books of twelve topics, each with ten of 600 links, four of five of them of its topic.
var random = new Random(1);
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 300).SelectMany(book =>
    Links(book % 12).Select(link => new Pair { Book = $"book {book}", Link = $"page {link}" })).ToList());

var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Book")
    .Append(mlContext.Transforms.Conversion.MapValueToKey("Link"))
    .Append(mlContext.Transforms.VaeEmbed(VaeOptions.LinkEmbedding(dimension: 16, "Book", "Link")));
var model = pipeline.Fit(data);
var books = VaeCategoryEmbeddings.From(model.LastTransformer);
foreach (var near in books.Nearest("book 7", count: 5))
    Console.WriteLine($"{near.Category} {near.Distance:F2}");

var share = books.Names.Average(name => books.Nearest(name, 5).Average(near => Topic(near.Category) == Topic(name) ? 1.0 : 0));
Console.WriteLine($"of the five nearest books, of the same topic: {share:F3}");

using var transformer = model.LastTransformer;
var rows = model.Transform(data);
var neighbors = VaeRowNeighbors.From(transformer, rows, nameColumnName: "Book");
foreach (var near in neighbors.Nearest(row: 0, count: 20, VaeDistance.Cosine))
    Console.WriteLine($"row {near.Row}, {near.Name}: {near.Distance:F2}");

static int Topic(string book) => int.Parse(book[5..]) % 12;

SortedSet<int> Links(int topic)
{
    var links = new SortedSet<int>();
    while (links.Count < 10)
        links.Add(random.NextDouble() < 0.8 ? topic * 50 + random.Next(50) : random.Next(600));
    return links;
}

public class Pair
{
    public string Book { get; set; } = "";

    public string Link { get; set; } = "";
}
