using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Estimators;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Data;

public class RowSampleTests
{
    private const int Rows = 5_000;

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(Rows)]
    [InlineData(Rows + 1)]
    public void As_many_rows_as_there_is_room_for_with_their_numbers(int capacity)
    {
        var sample = Sample(capacity, seed: 1);
        Assert.Equal(Math.Min(capacity, Rows), sample.Rows.Count);
        Assert.Equal(sample.Rows.Select(row => row.Number).Order().Distinct(), sample.Rows.Select(row => row.Number));
        Assert.All(sample.Rows, row => Assert.Equal([row.Number, -row.Number], row.Values));
    }

    [Fact]
    public void Rows_from_beginning_to_end_are_as_likely()
    {
        const int Capacity = 1_000;
        var numbers = Sample(Capacity, seed: 1).Rows.Select(row => row.Number).ToList();
        // Of a thousand, each fifth of the rows has two hundred, with a deviation of 11.
        for (var fifth = 0; fifth < 5; fifth++)
            Assert.InRange(numbers.Count(number => number * 5 / Rows == fifth), 150, 250);
        Assert.NotEqual(numbers, Sample(Capacity, seed: 2).Rows.Select(row => row.Number));
        // Fewer of them are no less from everywhere.
        Assert.InRange(Sample(Capacity, seed: 1).Drawn(200).Average(row => row[0]), 0.4 * Rows, 0.6 * Rows);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_no_row_is_held_out_an_epoch_is_judged_by_rows_of_all_the_data(bool streamed)
    {
        // The rows say where they are.
        var slots = Enumerable.Range(0, streamed ? WideRows.Features : 4).ToArray();
        float[][] rows = [.. Enumerable.Range(0, Rows).Select(i => Array.ConvertAll(slots, slot => (float)(i + slot % 7)))];
        var options = TinyVae.Options with
        {
            Training = TinyVae.Training with
            {
                ValidationFraction = 0,
                MemoryLimit = streamed ? VaeTrainingOptions.MinimumMemoryLimit : VaeTrainingOptions.DefaultMemoryLimit,
            },
        };
        using var scope = NewDisposeScope();
        using var data = new TrainingRowsLoader(new ArraySource(rows), options, seed: 1, CPU).Load();
        Assert.Equal(streamed, data is StreamedRows);
        var judged = data.Judged.narrow(1, 0, 1).ToArray();
        Assert.InRange(judged.Length, 10, 1_024);
        Assert.InRange(judged.Average(), 0.3 * Rows, 0.7 * Rows);
        Assert.InRange(judged.Max(), 0.8 * Rows, Rows + 7);
    }

    private static RowSample Sample(int capacity, int seed)
    {
        var sample = new RowSample(width: 2, capacity, seed);
        foreach (var block in Enumerable.Range(0, Rows).Chunk(300))
            sample.Add(new(block.SelectMany(i => (float[])[i, -i]).ToArray(), block.Length));
        return sample;
    }
}
