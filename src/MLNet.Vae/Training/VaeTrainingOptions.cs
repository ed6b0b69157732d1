using MLNet.Vae.Checkpoints;

namespace MLNet.Vae;

/// <summary>How training runs.</summary>
public sealed record VaeTrainingOptions
{
    /// <summary>Rows per step when none are given.</summary>
    internal const int DefaultBatchSize = 128;

    /// <summary>Adam's learning rate when none is given.</summary>
    internal const double DefaultLearningRate = 1e-3;

    /// <summary>Share of rows held out when none is given.</summary>
    internal const double DefaultValidationFraction = 0.1;

    /// <summary>Bound on the gradient's norm, per row, when none is given.</summary>
    internal const double DefaultGradientNorm = 1_000;

    /// <summary>Memory for the training rows when none is given: 1 GiB.</summary>
    internal const long DefaultMemoryLimit = 1L << 30;

    /// <summary>Least memory for the training rows allowed: 1 MiB.</summary>
    internal const long MinimumMemoryLimit = 1L << 20;

    /// <summary>Most restarts allowed.</summary>
    internal const int MaximumRestarts = 1_000;

    /// <summary>Seconds between checkpoints when nothing else is said.</summary>
    internal const int DefaultCheckpointSeconds = 60;
    internal const int DefaultSteps = 8_000;
    private const int MaximumSteps = 1_000_000_000, MaximumSynchronizeEvery = 1_000_000;

    private static readonly Func<bool> _never = static () => false;

    /// <summary>The weights that training starts from.</summary>
    /// <value>Default: <see cref="VaeInitialization.Auto"/>.</value>
    public VaeInitialization Initialization { get; init; } = VaeInitialization.Auto;

    /// <summary>
    /// Passes over the training rows, 1 to 1,000,000; <see langword="null"/>: as many as give <see cref="Steps"/>, at least 20 and at most
    /// 1,000, after those of the objective's schedule.
    /// 0, with <see cref="VaeInitialization.ProbabilisticPca"/>: the closed form as it stands, without a gradient step.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public int? Epochs { get; init; }

    /// <summary>
    /// Gradient steps that the number of epochs follows from where <see cref="Epochs"/> is not given, 1 to 1,000,000,000.
    /// </summary>
    /// <value>Default: 8,000.</value>
    public int Steps { get; init; } = DefaultSteps;

    /// <summary>Rows per step, 1 to 1,048,576.</summary>
    /// <value>Default: 128.</value>
    public int BatchSize { get; init; } = DefaultBatchSize;

    /// <summary>Adam's learning rate (Kingma and Ba 2015), above 0 and at most 1.</summary>
    /// <value>Default: 0.001.</value>
    public double LearningRate { get; init; } = DefaultLearningRate;

    /// <summary>How the learning rate changes over the epochs.</summary>
    /// <value>Default: <see cref="VaeLearningRateSchedule.Cosine"/>.</value>
    public VaeLearningRateSchedule Schedule { get; init; } = VaeLearningRateSchedule.Cosine;

    /// <summary>The gradient is scaled down to this norm where it is longer, above 0; infinity: never.</summary>
    /// <value>Default: 1,000, which only a run-away gradient reaches: the loss is in nats per row.</value>
    public double MaximumGradientNorm { get; init; } = DefaultGradientNorm;

    /// <summary>Share of rows held out, for early stopping and thresholds, 0 to 0.9; 0: none, and every epoch is run.</summary>
    /// <value>Default: 0.1.</value>
    public double ValidationFraction { get; init; } = DefaultValidationFraction;

    /// <summary>Which rows are held out.</summary>
    /// <value>Default: <see cref="VaeValidationSplit.Random"/>.</value>
    public VaeValidationSplit ValidationSplit { get; init; }

    /// <summary>
    /// Rows before those held out that do not train either, from 0, where <see cref="ValidationSplit"/> is
    /// <see cref="VaeValidationSplit.Last"/>: of windows that overlap as many as a window has steps, so that none of both has a reading in
    /// common. One row trains in any case.
    /// </summary>
    /// <value>Default: 0.</value>
    public int ValidationGap { get; init; }

    /// <summary>
    /// Epochs without improvement on the held-out rows before training stops, from 1; <see langword="null"/>: as many as give 1,000 steps,
    /// at least 10, and three times as many while the best epoch's KL is below a tenth of a nat per row and that of the present one is
    /// higher, for the model is about to use its code.
    /// </summary>
    /// <value>Default: <see langword="null"/>. The best weights are restored in any case.</value>
    public int? Patience { get; init; }

    /// <summary>
    /// How often to train, each time from other weights (with other noise where these are a closed form) on the same rows, 1 to 1,000: the
    /// run with the least loss on the held-out rows, the best bound with the default objective, is kept, and
    /// <see cref="VaeTrainingHistory.Restarts"/> says which. Above 1 it needs held-out rows.
    /// </summary>
    /// <value>Default: 1.</value>
    public int Restarts { get; init; } = 1;

    /// <summary>
    /// Makes weights reproducible, with the same data and thread count; <see langword="null"/>: drawn from the seed of the
    /// <c>MLContext</c>.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public int? Seed { get; init; }

    /// <summary>
    /// Bytes of memory for the training rows, from 1 MiB. A larger set is streamed from the source once per epoch; of the memory, half
    /// shuffles it and at most a quarter holds rows out. Beside it a fit takes what its network and its batches need, and 8 bytes
    /// for each row in memory, which say the order of an epoch; the source takes what it keeps itself.
    /// </summary>
    /// <value>Default: 1 GiB.</value>
    public long MemoryLimit { get; init; } = DefaultMemoryLimit;

    /// <summary>
    /// Threads of torch for this fit, from 1; <see langword="null"/>: chosen from the work of a step, one for each 134 million
    /// multiply-adds (batch × weights × 3, a convolution's weights counted at every place of the kernel), at least one, at most half of
    /// <see cref="Environment.ProcessorCount"/>, which heeds a
    /// container's CPU quota, and no more than torch is set to. A fit on a GPU has one.
    /// </summary>
    /// <remarks>
    /// The number counts for the thread that called the fit, until the fit ends, however it ends: torch is left as it was found, and fits
    /// side by side have each their own. Torch's threads spin while they wait for each other. Several of them make a wide network faster on
    /// an idle machine, and any fit several times slower where other programs use the same cores. The choice depends on sizes alone, so
    /// that one machine chooses the same, and gets the same weights, from fit to fit.
    /// </remarks>
    /// <value>Default: <see langword="null"/>.</value>
    public int? Threads { get; init; }

    /// <summary>
    /// CUDA device that trains; <see langword="null"/>: the one of <c>MLContext.GpuDeviceId</c>, or the CPU where that is not set.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public int? GpuDeviceId { get; init; }

    /// <summary>
    /// Whether the CPU may train where the GPU asked for cannot be used; the log says so. <see langword="null"/>: not where
    /// <see cref="GpuDeviceId"/> names the GPU, as <c>MLContext.FallbackToCpu</c> where the context does.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public bool? FallbackToCpu { get; init; }

    /// <summary>
    /// A folder, made where it is not there, in which the fit keeps what it needs to go on after its process has ended, however it ended:
    /// the same program run again goes on from there, and gives the same weights as a fit that was never broken off, with the same thread
    /// count. <see langword="null"/>: nothing is kept.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Kept are weights, Adam's averages, the places of all random streams, the objective's and the latent variable's own state, the best
    /// weights, and the history, of each restart. Files are written whole or not at all, in the safetensors format, about 16 bytes for each
    /// weight. One that cannot be written is warned of, and training goes on.
    /// </para>
    /// <para>
    /// The folder is for one fit at a time, with options, seed and rows of its own; where <see cref="Seed"/> and the context have none, the
    /// seed of the fit in the folder is taken. A fit that finds another one there that has not ended is refused, with a message that names
    /// what differs; one that has ended makes room. A fit that finds itself, ended, takes its result from there without training. How it
    /// runs may change from one time to the next: threads, progress, cancellation and how often checkpoints are written.
    /// </para>
    /// </remarks>
    /// <value>Default: <see langword="null"/>.</value>
    public string? CheckpointFolder { get; init; }

    /// <summary>
    /// Epochs after which a checkpoint is written, from 1, where <see cref="CheckpointInterval"/> has not done so before;
    /// <see langword="null"/>: however many.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public int? CheckpointEpochs { get; init; }

    /// <summary>
    /// Time after which a checkpoint is written, at the end of a step, so that no more than that is lost, from 0: after each step. One is
    /// written too when a fit is cancelled, and when it ends.
    /// </summary>
    /// <value>Default: one minute.</value>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(DefaultCheckpointSeconds);

    /// <summary>
    /// Time that training may take, above zero, the processes before it counted where a fit goes on from a checkpoint: then it ends with
    /// the best weights so far. <see langword="null"/>: as long as it takes.
    /// </summary>
    /// <remarks>
    /// It ends with the step, or the judging of an epoch, that is under way; the first epoch is judged wherever it is. Restarts share the
    /// time that is left. Reading the rows comes before, and a detector whose training was so ended takes its threshold from the rows held
    /// out alone.
    /// </remarks>
    /// <value>Default: <see langword="null"/>.</value>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Receives every epoch, on the training thread.</summary>
    public IProgress<VaeTrainingProgress>? Progress { get; init; }

    /// <summary>
    /// Stops training, as does <c>CancelExecution</c> of the <c>MLContext</c>, which AutoML calls when its time is over.
    /// </summary>
    /// <remarks>
    /// At once, but for what is under way: a row of the source while it is read; while an epoch is judged a block of rows, 4,096 at most
    /// and about a tenth of a second's work of one core; in a step the product of one layer where the model is a multilayer perceptron
    /// (activation <c>Relu</c>, <c>Tanh</c> or <c>Sigmoid</c>, no dropout or normalisation of layers) with a Gaussian latent variable,
    /// else the way forward or the way back of as many rows of a batch as take half a second together. It is of a whole batch where rows
    /// have to do with each other: sparse codes, codebooks, free bits, a capacity, several samples. Before the first step of a model that
    /// starts from the closed form it is the eigenvalue decomposition. Then come what a fit is to leave behind: its checkpoint, and with
    /// <see cref="VaeCancellationBehavior.ReturnBest"/> the model.
    /// </remarks>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>What a cancelled fit does.</summary>
    /// <value>Default: <see cref="VaeCancellationBehavior.Throw"/>.</value>
    public VaeCancellationBehavior OnCancellation { get; init; } = VaeCancellationBehavior.Throw;

    /// <summary>
    /// Other processes that train the same model, each on rows of its own; <see langword="null"/>: none. The batch is then
    /// <see cref="BatchSize"/> rows of each; statistics, steps and what an epoch is judged by are of the rows of all, and every process
    /// gets the same model. <c>MLNet.Vae.Mpi</c> has groups.
    /// </summary>
    /// <remarks>
    /// Series, codebooks, sparse codes, targets, samplers of rows and the start from the closed form are refused by name. Checkpoints are
    /// those of rank 0, on its machine; another number of ranks goes on from them.
    /// </remarks>
    /// <value>Default: <see langword="null"/>.</value>
    public IVaeTrainingGroup? Group { get; init; }

    /// <summary>
    /// Steps that each process of a <see cref="Group"/> makes by itself before their weights are averaged, 1 to 1,000,000 (Lin et al.
    /// 2018); 1: gradients are averaged in every step. More for wide models or slow networks; at the end of an epoch in any case.
    /// </summary>
    /// <value>Default: 1.</value>
    public int SynchronizeEvery { get; init; } = 1;

    /// <summary>Whether the environment that a fit runs in is cancelled: it tells nobody, and so is asked.</summary>
    internal Func<bool> EnvironmentIsCancelled { get; init; } = _never;

    /// <summary>Where a fit keeps its checkpoints, once it has found out what its folder holds.</summary>
    internal RunCheckpoints? Checkpoints { get; init; }

    /// <summary>
    /// Epochs that the learning rate's schedule is laid out for, where training ends before them; <see langword="null"/>: those that are
    /// run.
    /// </summary>
    internal int? ScheduledEpochs { get; init; }

    /// <summary>Whether a fit is to stop, whoever says so.</summary>
    internal bool IsCancelled => CancellationToken.IsCancellationRequested || EnvironmentIsCancelled();

    /// <exception cref="OperationCanceledException">A fit is to stop.</exception>
    internal void ThrowIfCancelled()
    {
        if (IsCancelled)
            throw new OperationCanceledException(CancellationToken);
    }

    internal IEnumerable<string> Faults()
    {
        const int maximumEpochs = 1_000_000;
        const int maximumBatchSize = 1 << 20;
        const double maximumValidationFraction = 0.9;
        if (!Enum.IsDefined(Initialization))
            yield return OptionFaults.Undefined(nameof(Initialization), Initialization);
        var minimumEpochs = Initialization == VaeInitialization.ProbabilisticPca ? 0 : 1;
        if (Epochs < minimumEpochs || Epochs > maximumEpochs)
            yield return OptionFaults.Range(nameof(Epochs), Epochs.Value, minimumEpochs, maximumEpochs);
        if (Steps is < 1 or > MaximumSteps)
            yield return OptionFaults.Range(nameof(Steps), Steps, 1, MaximumSteps);
        if (BatchSize is < 1 or > maximumBatchSize)
            yield return OptionFaults.Range(nameof(BatchSize), BatchSize, 1, maximumBatchSize);
        if (!(LearningRate is > 0 and <= 1))
            yield return OptionFaults.Expected(nameof(LearningRate), LearningRate, "above 0 and at most 1");
        if (!Enum.IsDefined(Schedule))
            yield return OptionFaults.Undefined(nameof(Schedule), Schedule);
        if (!(MaximumGradientNorm > 0))
            yield return OptionFaults.Expected(nameof(MaximumGradientNorm), MaximumGradientNorm, "above 0");
        if (!(ValidationFraction is >= 0 and <= maximumValidationFraction))
            yield return OptionFaults.Range(nameof(ValidationFraction), ValidationFraction, 0, maximumValidationFraction);
        if (!Enum.IsDefined(ValidationSplit))
            yield return OptionFaults.Undefined(nameof(ValidationSplit), ValidationSplit);
        if (ValidationGap < 0)
            yield return OptionFaults.Expected(nameof(ValidationGap), ValidationGap, "at least 0");
        if (ValidationGap > 0 && ValidationSplit != VaeValidationSplit.Last)
        {
            yield return $"{nameof(ValidationGap)} needs {nameof(ValidationSplit)} {nameof(VaeValidationSplit.Last)}, for rows drawn at "
                + "random have no gap before them";
        }
        if (Patience is < 1)
            yield return OptionFaults.Expected(nameof(Patience), Patience.Value, "at least 1");
        if (Restarts is < 1 or > MaximumRestarts)
            yield return OptionFaults.Range(nameof(Restarts), Restarts, 1, MaximumRestarts);
        if (Restarts > 1 && ValidationFraction == 0)
        {
            yield return $"{nameof(ValidationFraction)} must be above 0 where {nameof(Restarts)} is above 1: restarts are compared on "
                + "held-out rows";
        }
        if (MemoryLimit < MinimumMemoryLimit)
            yield return OptionFaults.Expected(nameof(MemoryLimit), MemoryLimit, $"at least {MinimumMemoryLimit} bytes");
        if (Threads is < 1)
            yield return OptionFaults.Expected(nameof(Threads), Threads.Value, "at least 1");
        if (CheckpointFolder is not null && string.IsNullOrWhiteSpace(CheckpointFolder))
            yield return $"{nameof(CheckpointFolder)} must not be blank; leave it null to keep no checkpoints";
        if (CheckpointEpochs is < 1)
            yield return OptionFaults.Expected(nameof(CheckpointEpochs), CheckpointEpochs.Value, "at least 1");
        if (CheckpointInterval < TimeSpan.Zero)
            yield return OptionFaults.Expected(nameof(CheckpointInterval), CheckpointInterval, "at least 0");
        if (TimeLimit is { } limit && limit <= TimeSpan.Zero)
            yield return OptionFaults.Expected(nameof(TimeLimit), limit, "above 0");
        if (GpuDeviceId is < 0)
            yield return OptionFaults.Expected(nameof(GpuDeviceId), GpuDeviceId.Value, "at least 0");
        if (SynchronizeEvery is < 1 or > MaximumSynchronizeEvery)
            yield return OptionFaults.Range(nameof(SynchronizeEvery), SynchronizeEvery, 1, MaximumSynchronizeEvery);
        if (SynchronizeEvery > 1 && Group is null)
            yield return $"{nameof(SynchronizeEvery)} needs a {nameof(Group)}: there is nobody to be averaged with";
        if (!Enum.IsDefined(OnCancellation))
            yield return OptionFaults.Undefined(nameof(OnCancellation), OnCancellation);
    }
}
