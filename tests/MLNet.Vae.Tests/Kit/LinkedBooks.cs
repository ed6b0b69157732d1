using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Kit;

/// <summary>Books, each with ten links, four of five of them to its own topic: what embeddings of categories are to find.</summary>
internal static class LinkedBooks
{
    public const int Books = 300, Topics = 12, Links = 600, LinksOfBook = 10;

    private const double OwnShare = 0.8;

    /// <summary>The links of each book, in rising order.</summary>
    public static int[][] Create(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Books).Select(book => Of(book % Topics, random))];
    }

    /// <summary>One row a book, as sparse vectors or as dense ones.</summary>
    public static IDataView Rows(MLContext mlContext, int[][] books, bool sparse) => mlContext.Data.LoadFromEnumerable(
        books.Select((links, book) => new Row
        {
            Book = (uint)book,
            Links = sparse
                ? new(Links, links.Length, [.. links.Select(_ => 1f)], links)
                : new(Links, [.. Enumerable.Range(0, Links).Select(link => links.Contains(link) ? 1f : 0f)]),
        }));

    /// <summary>One row for each pair of a book and a link.</summary>
    public static IDataView Pairs(MLContext mlContext, int[][] books) => mlContext.Data.LoadFromEnumerable(
        books.SelectMany((links, book) => links.Select(link => new Pair { Book = (uint)book, Links = (uint)link })));

    /// <summary>Of the five nearest of each book, the share with its topic.</summary>
    public static double SameTopic(VaeCategoryEmbeddings embeddings) => Enumerable.Range(0, Books).Average(book => embeddings
        .Nearest(embeddings.Names[book], 5)
        .Average(near => embeddings.Names.IndexOf(near.Category) % Topics == book % Topics ? 1.0 : 0));

    private static int[] Of(int topic, Random random)
    {
        var links = new SortedSet<int>();
        while (links.Count < LinksOfBook)
        {
            const int OfTopic = Links / Topics;
            links.Add(random.NextDouble() < OwnShare ? topic * OfTopic + random.Next(OfTopic) : random.Next(Links));
        }
        return [.. links];
    }

    public sealed class Row
    {
        [KeyType(Books)]
        public uint Book { get; set; }

        [VectorType(LinkedBooks.Links)]
        public VBuffer<float> Links { get; set; }
    }

    public sealed class Pair
    {
        [KeyType(Books)]
        public uint Book { get; set; }

        [KeyType(LinkedBooks.Links)]
        public uint Links { get; set; }
    }
}
