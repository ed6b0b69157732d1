using System.Runtime.InteropServices;
using MLNet.Vae.Groups;

namespace MLNet.Vae.Tables;

/// <summary>How often each text of a column occurs, as long as there are not too many of them.</summary>
internal sealed class TextSurvey
{
    /// <summary>Most texts that are counted.</summary>
    private const int Most = 200_000;

    // Of a text as ranks tell each other of it.
    private const int Head = sizeof(long) + sizeof(int);

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

    /// <summary>The counts of all ranks of a group.</summary>
    public void Merge(TrainingGroup group)
    {
        if (group.IsAlone)
            return;
        var (count, isBeyond) = (group.Each(Count).Sum(), group.Any(IsBeyond));
        var all = group.Gather(Written());
        _counts.Clear();
        foreach (var bytes in all)
        {
            for (var left = bytes.AsSpan(); !left.IsEmpty;)
            {
                var (times, length) = (MemoryMarshal.Read<long>(left), MemoryMarshal.Read<int>(left[sizeof(long)..]));
                left = left[Head..];
                var text = new string(MemoryMarshal.Cast<byte, char>(left[..(length * sizeof(char))]));
                _counts[text] = _counts.GetValueOrDefault(text) + times;
                left = left[(length * sizeof(char))..];
            }
        }
        (Count, IsBeyond) = (count, isBeyond || _counts.Count > Most);
    }

    /// <summary>Times, length and characters of each text; as they are, as not every text has a form in UTF-8.</summary>
    private byte[] Written()
    {
        var written = new byte[_counts.Keys.Sum(text => Head + (text.Length * sizeof(char)))];
        var left = written.AsSpan();
        foreach (var (text, times) in _counts)
        {
            MemoryMarshal.Write(left, times);
            MemoryMarshal.Write(left[sizeof(long)..], text.Length);
            MemoryMarshal.AsBytes(text.AsSpan()).CopyTo(left[Head..]);
            left = left[(Head + (text.Length * sizeof(char)))..];
        }
        return written;
    }

    /// <summary>The most frequent, in alphabetical order, and the share of the rows that they are.</summary>
    public (string[] Texts, double Share) MostFrequent(int count)
    {
        var chosen = _counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(count).ToList();
        return ([.. chosen.Select(pair => pair.Key).Order(StringComparer.Ordinal)],
            Count == 0 ? 0 : chosen.Sum(pair => pair.Value) / (double)Count);
    }
}
