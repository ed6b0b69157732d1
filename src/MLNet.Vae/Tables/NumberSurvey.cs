using MLNet.Vae.Data;
using MLNet.Vae.Groups;

namespace MLNet.Vae.Tables;

/// <summary>What the numbers of a column are like, in one pass and in memory that does not grow with the rows.</summary>
/// <param name="seed">Of the sample.</param>
internal sealed class NumberSurvey(int seed)
{
    /// <summary>Most values that are kept; of more, each is kept with the same probability.</summary>
    private const int Most = 100_000;

    private readonly Random _random = new(seed);
    private readonly List<double> _sample = [];
    private double? _first, _previous;

    public long Count { get; private set; }

    public bool IsInteger { get; private set; } = true;

    /// <summary>Whether each is greater than the one before.</summary>
    public bool IsRising { get; private set; } = true;

    public double Least { get; private set; } = double.PositiveInfinity;

    public double Greatest { get; private set; } = double.NegativeInfinity;

    public void Add(double value)
    {
        Count++;
        IsInteger &= value == Math.Floor(value);
        IsRising &= !(value <= _previous);
        _first ??= value;
        _previous = value;
        (Least, Greatest) = (Math.Min(Least, value), Math.Max(Greatest, value));
        if (_sample.Count < Most)
        {
            _sample.Add(value);
        }
        else if (_random.NextInt64(Count) is var place && place < Most)
        {
            _sample[(int)place] = value;
        }
    }

    /// <summary>
    /// What one would know that had read the rows of all ranks of a group, rank after rank; beyond the most values that are kept each rank
    /// gives of its own as many as its share of all.
    /// </summary>
    public void Merge(TrainingGroup group)
    {
        if (group.IsAlone)
            return;
        var counts = group.Each(Count);
        var all = counts.Sum();
        var ends = group.Each<double>([_first ?? double.NaN, _previous ?? double.NaN, Least, Greatest]);
        var isInteger = !group.Any(!IsInteger);
        var isRising = !group.Any(!IsRising);
        var last = double.NaN;
        for (var rank = 0; rank < counts.Length; rank++)
        {
            if (counts[rank] == 0)
                continue;
            isRising &= !(ends[4 * rank] <= last);
            last = ends[(4 * rank) + 1];
            (Least, Greatest) = (Math.Min(Least, ends[(4 * rank) + 2]), Math.Max(Greatest, ends[(4 * rank) + 3]));
        }
        double[] own = [.. _sample];
        if (all > Most)
        {
            // The first places of a sample are kept for the first values.
            new Random(Seeds.OfRank(seed, group.Rank)).Shuffle(own);
            own = own[..(int)(Most * (double)Count / all)];
        }
        var merged = group.Each<double>(own);
        _sample.Clear();
        _sample.AddRange(merged);
        (Count, IsInteger, IsRising) = (all, isInteger, isRising);
    }

    /// <summary>The sample, ascending, with the least and the greatest value of all.</summary>
    public double[] Sorted()
    {
        double[] sorted = [.. _sample.Order()];
        (sorted[0], sorted[^1]) = (Least, Greatest);
        return sorted;
    }
}
