namespace MLNet.Vae.Tables;

/// <summary>How often each text of a column occurs, as long as there are not too many of them.</summary>
internal sealed class TextSurvey
{
    /// <summary>Most texts that are counted.</summary>
    private const int Most = 200_000;

    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public TextSurvey() => _lookup = _counts.GetAlternateLookup<ReadOnlySpan<char>>();

    public long Count { get; private set; }

    /// <summary>Whether there were more than are counted; the counts are of those that came first.</summary>
    public bool IsBeyond { get; private set; }

    public int Distinct => _counts.Count;

    public void Add(ReadOnlySpan<char> text)
    {
        Count++;
        if (_lookup.TryGetValue(text, out var count))
            _lookup[text] = count + 1;
        else if (_counts.Count < Most)
            _lookup[text] = 1;
        else
            IsBeyond = true;
    }

    /// <summary>The most frequent, in alphabetical order, and the share of the rows that they are.</summary>
    public (string[] Texts, double Share) MostFrequent(int count)
    {
        var chosen = _counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(count).ToList();
        return ([.. chosen.Select(pair => pair.Key).Order(StringComparer.Ordinal)],
            Count == 0 ? 0 : chosen.Sum(pair => pair.Value) / (double)Count);
    }
}
