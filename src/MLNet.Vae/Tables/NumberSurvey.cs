namespace MLNet.Vae.Tables;

/// <summary>What the numbers of a column are like, in one pass and in memory that does not grow with the rows.</summary>
/// <param name="seed">Of the sample.</param>
internal sealed class NumberSurvey(int seed)
{
    /// <summary>Most values that are kept; of more, each is kept with the same probability.</summary>
    private const int Most = 100_000;

    private readonly Random _random = new(seed);
    private readonly List<double> _sample = [];
    private double? _previous;

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

    /// <summary>The sample, ascending, with the least and the greatest value of all.</summary>
    public double[] Sorted()
    {
        double[] sorted = [.. _sample.Order()];
        (sorted[0], sorted[^1]) = (Least, Greatest);
        return sorted;
    }
}
