using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Data;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Missing;

/// <summary>How rows some values of which are missing are read, scaled, split, corrupted and kept.</summary>
public sealed class MissingTrainingTests
{
    private static readonly VaeOptions Options = TinyVae.Options with { MissingValues = VaeMissingValues.Observed };

    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void Statistics_are_those_of_the_values_that_are_there()
    {
        float[][] rows = [[float.NaN, 4], [3, float.NaN], [1, 8], [float.NaN, 6], [2, 6]];
        var statistics = new ColumnStatistics(2, mayMiss: true);
        statistics.Add(new(rows[..2].SelectMany(row => row).ToArray(), 2));
        statistics.Add(new(rows[2..].SelectMany(row => row).ToArray(), 3));

        Assert.Equal((5, 3, 4), (statistics.Rows, statistics.Count(0), statistics.Count(1)));
        Assert.Equal((2, 6), (statistics.Mean(0), statistics.Mean(1)));
        Assert.Equal(2.0 / 3, statistics.Variance(0), 1e-12);
        Assert.Equal(2, statistics.Variance(1), 1e-12);
        Assert.Equal([1f, 4f], statistics.Minimum.ToArray());
        Assert.Equal([3f, 8f], statistics.Maximum.ToArray());
        Assert.Equal((2, 1), (statistics.MinimumRow(0), statistics.MaximumRow(0)));
        Assert.Equal(-1, statistics.FirstWithoutValues);
    }

    [Fact]
    public void Without_missing_values_they_are_those_of_any_rows()
    {
        var values = FactorRows.Create(200).SelectMany(row => row).ToArray();
        var (all, observed) = (new ColumnStatistics(FactorRows.Features), new ColumnStatistics(FactorRows.Features, mayMiss: true));
        all.Add(new(values, 200));
        observed.Add(new(values, 200));
        for (var j = 0; j < FactorRows.Features; j++)
        {
            Assert.Equal(all.Mean(j), observed.Mean(j), 1e-12);
            Assert.Equal(all.Variance(j), observed.Variance(j), 1e-12);
            Assert.Equal((all.MinimumRow(j), all.MaximumRow(j)), (observed.MinimumRow(j), observed.MaximumRow(j)));
        }
    }

    [Fact]
    public void A_part_of_the_rows_knows_of_a_slot_that_it_lacks_what_all_know()
    {
        float[][] rows = [[1, 2], [3, float.NaN], [5, float.NaN], [7, 8]];
        var all = new ColumnStatistics(2, mayMiss: true);
        all.Add(new(rows.SelectMany(row => row).ToArray(), 4));
        var part = new ColumnStatistics(2, mayMiss: true);
        part.Add(new(rows[1..3].SelectMany(row => row).ToArray(), 2));

        part.Complete(all);

        Assert.Equal((4, 5), (part.Mean(0), part.Mean(1)));
        Assert.Equal(all.Variance(1), part.Variance(1));
    }

    /// <summary>One far value of the few that are there is found, and scaled by the others.</summary>
    [Fact]
    public void Columns_with_few_far_values_are_found_among_the_values_that_are_there()
    {
        var rows = MissingCells.Hidden(FactorRows.Create(400), 0.5);
        rows[17][2] = 1e30f;
        using var transformer = _mlContext.Transforms.VaeEmbed(Options).Fit(FactorRows.View(_mlContext, rows));
        Assert.Contains(transformer.History().Warnings, warning => warning.Contains("2 (row 17: 1E+30)", StringComparison.Ordinal));
        Assert.All(transformer.History().Epochs, epoch => Assert.True(double.IsFinite(epoch.Elbo)));
    }

    [Fact]
    public void Streamed_rows_train_too()
    {
        var rows = MissingCells.Hidden(WideRows.Create(), 0.3);
        var view = SampleData.Features(_mlContext, rows, WideRows.Features);
        var options = WideRows.Streamed with { MissingValues = VaeMissingValues.Observed };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(view);
        Assert.All(transformer.History().Epochs, epoch => Assert.True(double.IsFinite(epoch.ValidationElbo!.Value)));
        Assert.All(
            transformer.Transform(view).GetColumn<float[]>("Embedding").SelectMany(row => row),
            value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void A_fit_that_has_ended_is_found_again_in_its_folder()
    {
        using var directory = new TemporaryDirectory();
        var rows = FactorRows.View(_mlContext, MissingCells.Hidden(FactorRows.Create(100), 0.3));
        var options = Options with { Training = TinyVae.Training with { CheckpointFolder = directory.File("checkpoints") } };
        using var first = _mlContext.Transforms.VaeEmbed(options).Fit(rows);
        var log = new ContextLog(_mlContext);
        using var second = _mlContext.Transforms.VaeEmbed(options).Fit(rows);
        WeightsAssert.Same(first.Model, second.Model);
        Assert.Contains(log.Training, line => line.StartsWith("Training had ended: its result is taken from '", StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_without_a_value_train_and_are_warned_of()
    {
        var rows = FactorRows.Create(100);
        Array.Fill(rows[3], float.NaN);
        Array.Fill(rows[50], float.NaN);
        var log = new ContextLog(_mlContext);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options).Fit(FactorRows.View(_mlContext, rows));
        Assert.Contains(
            "Column 'Features': 2 of 100 rows have no value at all, the first of them row 3 (counted from 0). They teach nothing but the "
                + "prior: leave them out.",
            transformer.History().Warnings);
        Assert.Contains("Column 'Features': 2.0 % of the values are missing.", log.Training);
        Assert.Equal(100, transformer.History().TrainingRows + transformer.History().ValidationRows);
    }

    [Fact]
    public void Masking_hides_values_as_missing_ones_and_categories_as_a_whole()
    {
        using var scope = NewDisposeScope();
        const int Count = 2_000;
        var options = new VaeOptions
        {
            MissingValues = VaeMissingValues.Observed,
            Likelihood = VaeLikelihood.Mixed(("a", 2, VaeLikelihood.Gaussian), ("b", 3, VaeLikelihood.Categorical)),
            Training = new() { ValidationFraction = 0 },
        };
        var mask = options.MaskOf(5)!;
        var random = new Random(1);
        float[][] rows = [.. Enumerable.Range(0, Count).Select(_ =>
        {
            var row = new float[] { random.NextSingle() + 1, random.NextSingle() - 2, 0, 0, 0 };
            row[2 + random.Next(3)] = 1;
            return row;
        })];
        var source = new ArraySource([.. MissingCells.Hidden(rows, mask, 0.2)], new(5) { Mask = mask });
        using var data = new TrainingRowsLoader(source, options, seed: 1, CPU).Load();
        using var generator = new Generator(1);
        using var corruptor = VaeCorruption.Masking(0.5).Create(data, generator);
        using var batches = data.Batches(Count, epoch: 1).GetEnumerator();
        Assert.True(batches.MoveNext());
        var clean = data.Batch(batches.Current);

        var corrupted = corruptor.Corrupt(clean);

        Assert.Equal(clean.Target.ToArray(), corrupted.Target.ToArray());
        Assert.Equal(Bits(clean), Bits(corrupted));
        var (before, after) = (clean.Input.ToArray().Chunk(7).ToArray(), corrupted.Input.ToArray().Chunk(7).ToArray());
        int[] hidden = [0, 0, 0], there = [0, 0, 0];
        for (var i = 0; i < Count; i++)
        {
            for (var slot = 0; slot < 2; slot++)
            {
                Assert.Equal(after[i][5 + slot] == 1 ? before[i][slot] : 0, after[i][slot]);
                Assert.True(after[i][5 + slot] <= before[i][5 + slot]);
                there[slot] += (int)before[i][5 + slot];
                hidden[slot] += (int)(before[i][5 + slot] - after[i][5 + slot]);
            }
            float[] category = [.. before[i].Skip(2).Take(3)], read = [.. after[i].Skip(2).Take(3)];
            var (one, other) = (category.Sum(), read.Sum());
            Assert.True(other == 0 || category.SequenceEqual(read));
            (there[2], hidden[2]) = (there[2] + (int)one, hidden[2] + (int)(one - other));
        }
        Assert.All(hidden.Zip(there), pair => Assert.Equal(0.5, pair.First / (double)pair.Second, 0.05));
        Assert.All(there, count => Assert.Equal(0.8, count / (double)Count, 0.05));

        static byte[] Bits(TrainingBatch batch) => batch.Observed!.to(ScalarType.Byte).cpu().data<byte>().ToArray();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Other_corruptions_leave_missing_values_alone(bool gaussian)
    {
        using var scope = NewDisposeScope();
        var source = new ArraySource(
            [.. MissingCells.Hidden(FactorRows.Create(300), 0.3)],
            new(FactorRows.Features) { Mask = Options.MaskOf(FactorRows.Features) });
        using var data = new TrainingRowsLoader(source, Options with { Training = new() { ValidationFraction = 0 } }, seed: 1, CPU).Load();
        using var generator = new Generator(1);
        VaeCorruption corruption = gaussian ? VaeCorruption.GaussianNoise(0.5) : VaeCorruption.SaltAndPepper(0.5);
        using var corruptor = corruption.Create(data, generator);
        using var batches = data.Batches(300, epoch: 1).GetEnumerator();
        Assert.True(batches.MoveNext());
        var clean = data.Batch(batches.Current);

        var read = corruptor.Corrupt(clean).Input;

        Assert.Equal(clean.Input.narrow(1, 6, 6).ToArray(), read.narrow(1, 6, 6).ToArray());
        var changed = 0;
        foreach (var (before, after) in clean.Input.ToArray().Chunk(12).Zip(read.ToArray().Chunk(12)))
        {
            for (var slot = 0; slot < 6; slot++)
            {
                Assert.True(before[6 + slot] == 1 || after[slot] == 0);
                changed += before[slot] != after[slot] ? 1 : 0;
            }
        }
        Assert.True(changed > 300);
    }
}
