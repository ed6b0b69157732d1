namespace Lectures.Links;

/// <summary>Books made by a rule: each has ten links, four of five of them to pages of its own topic.</summary>
internal static class Library
{
    private const int BooksOfTopic = 30, LinksOfBook = 10;

    private const double OwnShare = 0.8;

    private static readonly string[] Topics =
        ["chess", "jazz", "whales", "trains", "bread", "stars", "law", "roses", "sailing", "painting"];

    public static IReadOnlyList<LinkedBook> Books(int seed)
    {
        var random = new Random(seed);
        var pages = LinkedBook.AllLinks / Topics.Length;
        return
        [
            .. Enumerable.Range(0, BooksOfTopic * Topics.Length).Select(book =>
            {
                var (topic, links) = (book % Topics.Length, new float[LinkedBook.AllLinks]);
                while (links.Sum() < LinksOfBook)
                {
                    var page = random.NextDouble() < OwnShare ? topic * pages + random.Next(pages) : random.Next(links.Length);
                    links[page] = 1;
                }
                return new LinkedBook { Title = $"{Topics[topic]} {1 + book / Topics.Length}", Topic = Topics[topic], Links = links };
            }),
        ];
    }
}
