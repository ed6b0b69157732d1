using System.Text.Json.Serialization;

namespace MLNet.Vae;

/// <summary>How a model was trained, epoch by epoch and in total. Travels with the model.</summary>
public sealed record VaeTrainingHistory
{
    [JsonConstructor]
    internal VaeTrainingHistory() { }

    /// <summary>Every epoch that ended, in order; see <see cref="VaeEpoch.Epoch"/> for one numbered 0.</summary>
    public required IReadOnlyList<VaeEpoch> Epochs { get; init; }

    /// <summary>
    /// The epoch whose weights the model has: the <see cref="VaeEpoch.Epoch"/> of one of <see cref="Epochs"/>. Its bound is the highest of
    /// many estimates: <see cref="FinalValidationElbo"/> is a better one.
    /// </summary>
    public required int BestEpoch { get; init; }

    /// <summary>
    /// The evidence lower bound of the weights that the model has on the rows held out, nats per row, judged once more when training had
    /// ended: by 16 samples of z for each row, fewer where there are more than 4,096 rows, none of which had a say in the choice of the
    /// epoch. <see langword="null"/> where no rows were held out, where the fit was cancelled, and in models of earlier versions.
    /// </summary>
    public double? FinalValidationElbo { get; init; }

    /// <summary>
    /// The standard error of <see cref="FinalValidationElbo"/>: the standard deviation of the held-out rows' bounds, by the root of their
    /// number; <see langword="null"/> where that is.
    /// </summary>
    public double? FinalValidationStandardError { get; init; }

    /// <summary>Rows trained on.</summary>
    public required long TrainingRows { get; init; }

    /// <summary>Rows held out.</summary>
    public required long ValidationRows { get; init; }

    /// <summary>Wall-clock time of the fit.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Why training ended.</summary>
    public required VaeStopReason StopReason { get; init; }

    /// <summary>The seed that gives these weights again, with the same data and thread count.</summary>
    public required int Seed { get; init; }

    /// <summary>Every training that there was, in order, the chosen one marked; empty where the model was trained once.</summary>
    public IReadOnlyList<VaeRestart> Restarts { get; init; } = [];

    /// <summary>"cpu" or "cuda:0" and so on.</summary>
    public required string Device { get; init; }

    /// <summary>What a person should look at, in words; also sent to the ML.NET log.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The epoch whose weights the model has.</summary>
    public VaeEpoch Best => Epochs.First(epoch => epoch.Epoch == BestEpoch);
}
