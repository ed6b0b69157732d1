using MLNet.Vae.Groups;

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

    /// <summary>
    /// Rows drawn from those of all ranks of a group, of each as many as its share of them, in the order in which one would have read them.
    /// </summary>
    /// <param name="group">The ranks.</param>
    public IReadOnlyList<(long Number, float[] Values)> OfAll(TrainingGroup group)
    {
        if (group.IsAlone)
            return Rows;
        var seen = group.Each(_seen);
        var all = seen.Sum();
        var own = all <= capacity ? Rows : [.. Unordered.OrderByDescending(row => row.Priority)
            .Take((int)Math.Min(_rows.Count, (capacity * _seen / all) + 1)).Select(row => row.Element).OrderBy(row => row.Number)];
        var before = seen.Take(group.Rank).Sum();
        var numbers = group.Each<long>([.. own.Select(row => before + row.Number)]);
        var values = group.Each<float>([.. own.SelectMany(row => row.Values)]);
        return [.. numbers.Select((number, i) => (number, values[(i * width)..((i + 1) * width)]))];
    }

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
