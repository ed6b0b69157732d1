using MLNet.Vae.Reporting;

namespace MLNet.Vae;

/// <summary>
/// What synthetic rows are worth to a learner: boosted trees (FastTree, defaults; of more than two classes one against the others) trained
/// on them, and others trained on as many real rows, both tested on held-out rows.
/// </summary>
public sealed record VaeTableUtility
{
    /// <summary>What is predicted.</summary>
    public required string LabelColumnName { get; init; }

    /// <summary>The classes of real and held-out rows.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Of two classes the rarer one among real rows; <see langword="null"/> of more.</summary>
    public required string? ScoredClass { get; init; }

    /// <summary>Rows that each of the two is trained on, drawn at random.</summary>
    public required int TrainingRows { get; init; }

    /// <summary>Held-out rows that both are tested on.</summary>
    public required int TestRows { get; init; }

    /// <summary>Trained on real rows.</summary>
    public required VaeTableClassification Real { get; init; }

    /// <summary>Trained on synthetic rows.</summary>
    public required VaeTableClassification Synthetic { get; init; }

    /// <summary>Synthetic over real; NaN where that is 0.</summary>
    public double F1Ratio => Ratio(Synthetic.F1, Real.F1);

    /// <summary>Synthetic over real, of areas.</summary>
    public double AreaRatio => Ratio(Synthetic.Area, Real.Area);

    /// <summary>Synthetic over real, of accuracies.</summary>
    public double AccuracyRatio => Ratio(Synthetic.Accuracy, Real.Accuracy);

    /// <summary>What that says, in words.</summary>
    public string Verdict => TableVerdicts.Of(this);

    private static double Ratio(double synthetic, double real) => real > 0 ? synthetic / real : double.NaN;
}
