using System.IO.Hashing;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLNet.Vae.Data;

/// <summary>Reads a source of links once into memory.</summary>
/// <param name="source">Of the rows.</param>
/// <param name="options">Of the fit.</param>
/// <param name="seed">Of the fit.</param>
/// <param name="device">Where the pairs go.</param>
internal sealed class LinkRowsLoader(DataViewSource source, VaeModelOptions options, int seed, Device device)
{
    // Each pair judged counts all links: half a gigabyte of logits for all of them, a second of one core, taken in blocks.
    private const long JudgedValues = 1 << 27;

    // In memory while it is read, and as the pair that is kept.
    private static readonly int LinkBytes = Marshal.SizeOf<Link>() + 2 * sizeof(long);

    private readonly RowLayout _layout = source.Layout;

    public LinkRows Load()
    {
        var links = new List<Link>();
        var most = options.Training.MemoryLimit / LinkBytes;
        foreach (var link in source.ReadLinks())
        {
            links.Add(link);
            if (links.Count > most)
                throw DataErrors.TooManyLinks(most);
        }
        if (links.Count < 2)
            throw source.TooFewRows(links.Count);
        if (links.TrueForAll(link => (link.Category, link.Target) == (links[0].Category, links[0].Target)))
            throw source.AllRowsEqual(links.Count);

        var (categories, statistics) = Statistics(links);
        var held = HeldOut(links, categories);
        var trainedOn = Enumerable.Range(0, links.Count).Where(i => !held.Contains(i));
        int[] heldOut = [.. held.Order()];
        int[] sample = heldOut.Length > 0 ? [] : [.. Chosen([.. Enumerable.Range(0, links.Count)], MostJudged(links.Count))];
        return new(
            _layout,
            statistics,
            Pairs(links, trainedOn),
            Pairs(links, heldOut),
            Pairs(links, sample),
            (double)links.Count / categories,
            device,
            seed)
        {
            HoldOutKnownCodes = true,
            HeldOutNumbers = [.. heldOut.Select(i => (long)links[i].Row)],
            Hash = options.Training.CheckpointFolder is null
                ? null
                : Convert.ToHexStringLower(XxHash128.Hash(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(links)))),
        };
    }

    private (int Categories, ColumnStatistics Statistics) Statistics(List<Link> links)
    {
        var counts = new long[_layout.Width];
        foreach (var link in links)
        {
            counts[link.Category]++;
            counts[_layout.Features + link.Target]++;
        }
        return (counts.Take(_layout.Features).Count(count => count > 0), ColumnStatistics.OfOneHot(counts, links.Count));
    }

    /// <summary>As many as the options ask for, none of them the first pair of its category.</summary>
    private HashSet<int> HeldOut(List<Link> links, int categories)
    {
        var first = new FirstOfCategory(_layout.Features);
        List<int> free = [.. Enumerable.Range(0, links.Count).Where(i => !first.Take(links[i].Category))];
        var fraction = options.Training.ValidationFraction;
        return fraction == 0 || free.Count == 0
            ? []
            : [.. Chosen(free, Math.Min(MostJudged(links.Count), Math.Max(1, (int)Math.Round(fraction * links.Count))))];
    }

    private int MostJudged(int links) => (int)Math.Clamp(JudgedValues / _layout.Target, 1, links);

    private IEnumerable<int> Chosen(List<int> of, int count)
    {
        new Random(seed).Shuffle(CollectionsMarshal.AsSpan(of));
        return of.Take(count);
    }

    private Tensor Pairs(List<Link> links, IEnumerable<int> which)
    {
        long[] values = [.. which.SelectMany(i => new long[] { links[i].Category, links[i].Target })];
        using var pairs = tensor(values, [values.Length / 2, 2]);
        return pairs.to(device).DetachFromDisposeScope();
    }
}
