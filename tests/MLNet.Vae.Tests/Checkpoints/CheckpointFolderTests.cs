using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Training;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Checkpoints;

/// <summary>Whose checkpoints a folder holds, and what is said where they are another's, damaged, or cannot be written.</summary>
public sealed class CheckpointFolderTests : IDisposable
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly TemporaryDirectory _temporary = new();

    private string Folder => _temporary.File("checkpoints");

    private IDataView Data => FactorRows.View(_mlContext, 100);

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void A_fit_that_has_ended_gives_its_result_without_training()
    {
        using var first = Fit(TinyVae.Options);
        var (log, progress) = (new ContextLog(_mlContext), new EpochRecorder());
        using var second = Fit(TinyVae.Options, progress: progress);

        Assert.Empty(progress.Reports);
        WeightsAssert.Same(first.Model, second.Model);
        Assert.Equal(first.History().Epochs, second.History().Epochs, (a, b) => a.RowsPerSecond == b.RowsPerSecond && a.Kl == b.Kl);
        Assert.Contains(log.Training, line => line.StartsWith("Training had ended: its result is taken from '", StringComparison.Ordinal));
    }

    [Fact]
    public void One_that_has_ended_makes_room_for_another()
    {
        using var first = Fit(TinyVae.Options);
        var other = TinyVae.Options with { Latent = VaeLatent.Gaussian(3) };
        var log = new ContextLog(_mlContext);
        using var second = Fit(other);

        using var afresh = _mlContext.Transforms.VaeEmbed(other).Fit(Data);
        WeightsAssert.Same(afresh.Model, second.Model);
        Assert.Contains(
            $"CheckpointFolder '{Folder}' held a fit that had ended and was another one (Latent.Dimension was 2 and is 3); it makes room "
                + "for this one.",
            log.Training);
        Assert.Single(Directory.GetFiles(Folder, "run*"));
    }

    [Fact]
    public void Other_options_than_those_of_a_fit_that_has_not_ended_are_refused()
    {
        BreakOff();
        var other = TinyVae.Options with
        {
            Architecture = VaeArchitecture.Mlp(8, 4),
            Objective = new() { Beta = 0.5 },
            Training = TinyVae.Training with { BatchSize = 16, Seed = 8 },
        };
        var error = Assert.IsType<InvalidOperationException>(Refusal.Expect(() => Fit(other), "other options"));
        Assert.Equal(
            $"CheckpointFolder '{Folder}' holds a fit that has not ended and is another one: Objective.Beta was 1 and is 0.5; Seed was 7 "
                + "and is 8; BatchSize was 32 and is 16; Architecture.HiddenSizes[1] was not set and is 4. Give the options and rows of "
                + "that fit to go on with it, give another folder, or delete that folder to train afresh.",
            error.Message);
    }

    [Theory]
    [InlineData(99, 1, "the number of rows was 100 and is 99; the hash of the rows' values was ")]
    [InlineData(100, 2, "is another one: the hash of the rows' values was ")]
    public void Other_rows_than_those_of_a_fit_that_has_not_ended_are_refused(int count, int seed, string difference)
    {
        BreakOff();
        var error = Refusal.Expect(() => Fit(TinyVae.Options, FactorRows.View(_mlContext, count, seed)), "other rows");
        Assert.Contains(difference, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_leaves_the_weights_alone_may_change()
    {
        BreakOff();
        using var cancellation = new CancellationTokenSource();
        var other = TinyVae.Options with
        {
            OutputColumnName = "Vector",
            Training = TinyVae.Training with
            {
                CancellationToken = cancellation.Token,
                OnCancellation = VaeCancellationBehavior.ReturnBest,
                CheckpointInterval = TimeSpan.FromSeconds(5),
            },
        };
        using var unbroken = _mlContext.Transforms.VaeEmbed(other).Fit(Data);
        using var resumed = Fit(other);
        WeightsAssert.Same(unbroken.Model, resumed.Model);
    }

    [Fact]
    public void Two_fits_at_the_same_time_cannot_have_one_folder()
    {
        string? message = null;
        var progress = new EpochRecorder(_ => message ??= Assert.Throws<IOException>(() => Fit(TinyVae.Options)).Message);
        using var first = Fit(TinyVae.Options, progress: progress);
        Assert.Equal(
            $"CheckpointFolder '{Folder}' is in use by another fit. Give each fit that runs at the same time a folder of its own.",
            message);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told_of_before_a_row_is_read()
    {
        File.WriteAllText(Folder, "a file");
        var source = new ProbeView(Data);
        var error = Assert.Throws<IOException>(() => Fit(TinyVae.Options, source));
        Assert.StartsWith($"CheckpointFolder '{Folder}' cannot be used: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, source.RowsRead);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void A_checkpoint_that_was_cut_off_is_refused(double share)
    {
        BreakOff();
        var file = Assert.Single(Directory.GetFiles(Folder, "run*"));
        var whole = File.ReadAllBytes(file);
        File.WriteAllBytes(file, whole[..(int)(whole.Length * share)]);
        ExpectDamaged(file);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(-1)]
    [InlineData(-10_000)]
    public void A_checkpoint_with_a_byte_changed_is_refused(int at)
    {
        BreakOff();
        var file = Assert.Single(Directory.GetFiles(Folder, "run*"));
        var bytes = File.ReadAllBytes(file);
        bytes[at < 0 ? bytes.Length + at : at] ^= 0x10;
        File.WriteAllBytes(file, bytes);
        ExpectDamaged(file);
    }

    [Fact]
    public void A_description_that_is_damaged_is_refused()
    {
        BreakOff();
        var file = Path.Combine(Folder, "fit.json");
        File.WriteAllText(file, File.ReadAllText(file)[..^2]);
        ExpectDamaged(file);
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_is_warned_of_and_training_goes_on()
    {
        // Where the file is to be there is a directory.
        var log = new ContextLog(_mlContext);
        Directory.CreateDirectory(Path.Combine(Folder, $"run-{TinyVae.Seed}.safetensors"));
        using var transformer = Fit(TinyVae.Options);
        using var unbroken = _mlContext.Transforms.VaeEmbed(TinyVae.Options).Fit(Data);
        WeightsAssert.Same(unbroken.Model, transformer.Model);
        Assert.Contains(log.Warnings, line => line.StartsWith("The checkpoint could not be written to '", StringComparison.Ordinal));
        Assert.Contains(transformer.History().Warnings, line => line.StartsWith("The checkpoint could not be", StringComparison.Ordinal));
    }

    [Fact]
    public void It_holds_no_file_but_its_own()
    {
        BreakOff();
        Assert.Equal(
            ["fit.json", "lock", $"run-{TinyVae.Seed}.safetensors"],
            Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private void BreakOff() => Assert.Throws<Crash>(() => Fit(TinyVae.Options, progress: Crash.In(epoch: 2)));

    private void ExpectDamaged(string file)
    {
        var error = Assert.Throws<InvalidDataException>(() => Fit(TinyVae.Options));
        Assert.StartsWith($"The checkpoint '{file}' cannot be read: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"than '{Folder}', or delete that folder to train afresh.", error.Message, StringComparison.Ordinal);
    }

    private VaeTransformer Fit(VaeOptions options, IDataView? data = null, IProgress<VaeTrainingProgress>? progress = null)
        => _mlContext.Transforms.VaeEmbed(options.KeptIn(Folder, progress)).Fit(data ?? Data);
}
