using Lectures.Links;
using Microsoft.ML;
using MLNet.Vae;

namespace Lectures.Shown;

/// <summary>A vector for each book, learned of its links alone.</summary>
internal sealed class LinkEmbedding : Section
{
    private const int Dimension = 16, Neighbors = 5, UmapNeighbors = 15;

    public override int Number => 17;

    public override string Name => "links";

    public override string Title => "Embeddings of categories by links: books";

    public override string Formula =>
        "Pairs (book b, link l): Σ E<sub>q(z | b)</sub> ln p(l | z) − β KL(q(z | b) ‖ N(0, I)), p(l | z) = softmax(W z + a)<sub>l</sub>, "
        + "its sum over links by negatives where there are many (Mikolov et al. 2013).";

    public override string LookFor =>
        "No topic was read. Books of one topic share few links, so that by the links themselves some neighbours are of others; their "
        + "vectors, which say what kind of links a book has, bring them together. UMAP (McInnes, Healy and Melville 2018) draws them.";

    public override Findings Run(Lecture lecture) => Measure(lecture);

    public static Found Measure(Lecture lecture)
    {
        var books = Library.Books(lecture.Seed);
        // On the page:
        var options = VaeOptions.LinkEmbedding(Dimension, "Title", "Links");
        var pipeline = lecture.Context.Transforms.Conversion.MapValueToKey("Title").Append(lecture.Context.Transforms.VaeEmbed(
            options with { Training = options.Training with { Seed = lecture.Seed, Progress = lecture.Progress } }));
        using var model = pipeline.Fit(lecture.Context.Data.LoadFromEnumerable(books));
        var embeddings = VaeCategoryEmbeddings.From(model.LastTransformer);
        var topics = books.ToDictionary(book => book.Title, book => book.Topic);
        var right = books.Average(book => embeddings.Nearest(book.Title, Neighbors, VaeDistance.Cosine)
            .Average(near => topics[near.Category] == book.Topic ? 1.0 : 0));
        float[][] vectors = [.. books.Select(book => Unit(embeddings.Vector(book.Title)))];
        var plane = Umap.Layout(vectors, UmapNeighbors, lecture.Seed);
        // Until here.
        string[] labels = [.. books.Select(book => book.Topic)];
        float[][] links = [.. books.Select(book => Unit(book.Links))];
        var rightOfLinks = SameTopic(links, labels);
        return new(right, rightOfLinks, SameTopic(Array.ConvertAll(plane, point => new[] { (float)point.X, (float)point.Y }), labels))
        {
            Table = new(
                ["books by", $"of the {Neighbors} nearest, of the same topic"],
                [["their links", $"{rightOfLinks:P1}"], [$"their vectors of {Dimension} numbers", $"{right:P1}"]]),
            Figures =
            [
                new("Books by their vectors, drawn by UMAP, in the colour of their topic", VaePlot.Scatter(plane, labels),
                    VaePlot.Classes(labels)),
                new("The same by their links", VaePlot.Scatter(Umap.Layout(links, UmapNeighbors, lecture.Seed), labels),
                    VaePlot.Classes(labels)),
            ],
        };
    }

    /// <summary>Of length 1, so that Euclidean distances rank as cosine does.</summary>
    private static float[] Unit(IReadOnlyList<float> vector)
    {
        var length = MathF.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / length)];
    }

    private static double SameTopic(float[][] vectors, string[] topics) => vectors.Index().Average(one => vectors.Index()
        .Where(other => other.Index != one.Index)
        .OrderBy(other => other.Item.Zip(one.Item, (a, b) => (a - b) * (a - b)).Sum())
        .Take(Neighbors).Average(other => topics[other.Index] == topics[one.Index] ? 1.0 : 0));

    /// <param name="Right">Of the five nearest books by their vectors, the share with the same topic.</param>
    /// <param name="RightOfLinks">By the cosine of their links.</param>
    /// <param name="RightOnPlane">On the picture.</param>
    public sealed record Found(double Right, double RightOfLinks, double RightOnPlane) : Findings;
}
