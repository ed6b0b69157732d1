using MLNet.Vae.Columns;
using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Data;

/// <summary>What an epoch gives of the rows of a view: all but those held out, once each, in an order of its own.</summary>
public sealed class EpochTests : IDisposable
{
    private const int Rows = 700;
    private const int Features = 1_000;
    private const int BatchSize = 64;
    private const int Seed = 5;

    private readonly Dictionary<bool, TrainingRows> _rows = new() { [false] = Load(streamed: false), [true] = Load(streamed: true) };

    public void Dispose()
    {
        foreach (var rows in _rows.Values)
        {
            rows.Dispose();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_row_is_trained_on_or_held_out(bool streamed)
    {
        var heldOut = Numbers(_rows[streamed].HeldOut);
        Assert.InRange(heldOut.Count, Rows / 20, Rows / 5);
        Assert.Equal(Rows - heldOut.Count, _rows[streamed].Count);
        for (var epoch = 1; epoch <= 3; epoch++)
        {
            Assert.Equal(Enumerable.Range(0, Rows), Epoch(streamed, epoch).Concat(heldOut).Order());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_epoch_has_an_order_of_its_own_and_always_the_same(bool streamed)
    {
        var first = Epoch(streamed, 1);
        Assert.NotEqual(first.Order(), first);
        Assert.NotEqual(first, Epoch(streamed, 2));
        Assert.Equal(first, Epoch(streamed, 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Batches_are_full_but_for_the_last(bool streamed)
    {
        var sizes = _rows[streamed].Batches(BatchSize, 1).Select(batch => batch.size(0)).ToArray();
        Assert.All(sizes.SkipLast(1), size => Assert.Equal(BatchSize, size));
        Assert.Equal(_rows[streamed].Count, sizes.Sum());
    }

    private static TrainingRows Load(bool streamed)
    {
        // Each row holds its own number throughout.
        var view = new PassView(
            Features,
            _ => Enumerable.Range(0, Rows).Select(number => Enumerable.Repeat((float)number, Features).ToArray())
        );
        var inputs = new TrainingInputs(new(InputRole.Features, view.Schema["Features"], VaeInputKind.Vector, Features));
        var source = new DataViewSource(view, inputs, checks: [], () => { });
        var options = streamed ? WideRows.Streamed : new VaeOptions();
        var rows = new TrainingRowsLoader(source, options, Seed, CPU).Load();
        Assert.Equal(streamed, rows is StreamedRows);
        return rows;
    }

    private List<int> Epoch(bool streamed, int epoch) => [.. _rows[streamed].Batches(BatchSize, epoch).SelectMany(Numbers)];

    private static List<int> Numbers(Tensor rows)
    {
        var values = rows.ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            Assert.Equal(values[i - i % Features], values[i]);
        }

        return [.. values.Where((_, i) => i % Features == 0).Select(value => (int)value)];
    }
}
