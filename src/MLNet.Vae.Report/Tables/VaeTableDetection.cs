using MLNet.Vae.Reporting;

namespace MLNet.Vae;

/// <summary>
/// Whether boosted trees (FastTree, defaults) tell synthetic rows from held-out ones: trained on one half of each, tested on the other.
/// </summary>
public sealed record VaeTableDetection
{
    /// <summary>Fewest rows of a view for which trees are trained.</summary>
    public const int MinimumRows = 20;

    /// <summary>Rows of each of the two tables, drawn at random; half of them are tested.</summary>
    public required int Rows { get; init; }

    /// <summary>
    /// Area under the ROC curve: the probability that a synthetic row scores above a held-out one. 0.5: they cannot be told apart; 1: they
    /// always can.
    /// </summary>
    public required double Area { get; init; }

    /// <summary>Standard error of <see cref="Area"/> (DeLong, DeLong and Clarke-Pearson 1988); 0 where the area is 0 or 1.</summary>
    public required double StandardError { get; init; }

    /// <summary>The area of trees that are to tell real rows of training from held-out ones: 0.5 but for chance.</summary>
    public required double ControlArea { get; init; }

    /// <summary>Standard error of <see cref="ControlArea"/>.</summary>
    public required double ControlStandardError { get; init; }

    /// <summary>What that says, in words.</summary>
    public string Verdict => TableVerdicts.Of(this);
}
