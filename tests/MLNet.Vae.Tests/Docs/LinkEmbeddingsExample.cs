using Microsoft.ML;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Docs;

public sealed class LinkEmbeddingsExample
{
    [Fact]
    public void Runs_as_it_stands()
    {
        var mlContext = new MLContext(seed: 1);
        var data = mlContext.Data.LoadFromEnumerable(LinkedBooks.Create(1).SelectMany((links, book)
            => links.Select(link => new Pair { Book = $"book {book}", Link = $"page {link}" })));

        var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Book")
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Link"))
            .Append(mlContext.Transforms.VaeEmbed(VaeOptions.LinkEmbedding(dimension: 16, "Book", "Link")));
        var model = pipeline.Fit(data);
        var books = VaeCategoryEmbeddings.From(model.LastTransformer);
        foreach (var near in books.Nearest("book 7", count: 5))
            Console.WriteLine($"{near.Category} {near.Distance:F2}");

        Assert.InRange(LinkedBooks.SameTopic(books), 0.95, 1);

        using var transformer = model.LastTransformer;
        var rows = model.Transform(data);
        var neighbors = VaeRowNeighbors.From(transformer, rows, nameColumnName: "Book");
        foreach (var near in neighbors.Nearest(row: 0, count: 20, VaeDistance.Cosine))
            Console.WriteLine($"row {near.Row}, {near.Name}: {near.Distance:F2}");

        // The other nine rows of the same book have the same vector.
        Assert.All(neighbors.Nearest(row: 0, 9), near => Assert.Equal((0, "book 0"), (near.Distance, near.Name), (a, b)
            => Math.Abs(a.Item1 - b.Item1) < 1e-6 && a.Item2 == b.Item2));
    }

    public sealed class Pair
    {
        public string Book { get; set; } = "";

        public string Link { get; set; } = "";
    }
}
