namespace MLNet.Vae.Data;

/// <summary>Rows drawn at random from all that are read, each as likely, with their numbers.</summary>
/// <param name="width">Values of a row.</param>
/// <param name="capacity">Rows drawn: all, where there are no more, from 1.</param>
/// <param name="seed">Another seed, other rows.</param>
internal sealed class RowSample(int width, int capacity, int seed)
{
    private readonly RowSplit _random = new(Fraction: 1, seed);

    // Those with the least draws, the largest of them first.
    private readonly PriorityQueue<(long Number, float[] Values), double> _rows = new();
    private long _seen;

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<(long Number, float[] Values)> Rows => [.. Unordered.Select(row => row.Element).OrderBy(row => row.Number)];

    /// <summary>As many of them, each as likely.</summary>
    public IEnumerable<float[]> Drawn(int count) =>
        Unordered.OrderByDescending(row => row.Priority).Take(count).Select(row => row.Element.Values);

    public void Add(FeatureBlock block)
    {
        for (var i = 0; i < block.Rows; i++)
        {
            var number = _seen++;
            var draw = _random.Draw(number);
            if (_rows.Count == capacity)
            {
                if (_rows.TryPeek(out _, out var largest) && draw >= -largest)
                    continue;
                _rows.Dequeue();
            }
            _rows.Enqueue((number, block.Values.Slice(i * width, width).ToArray()), -draw);
        }
    }

    private IReadOnlyCollection<((long Number, float[] Values) Element, double Priority)> Unordered => _rows.UnorderedItems;
}
