namespace MLNet.Vae;

/// <summary>How well boosted trees predict the label of held-out rows; all from 0 to 1.</summary>
public sealed record VaeTableClassification
{
    /// <summary>
    /// Of two classes the F1 of the one that is rarer in training, <see cref="VaeTableUtility.ScoredClass"/>; of more the mean of F1 over
    /// the classes. 0 where none is found.
    /// </summary>
    public required double F1 { get; init; }

    /// <summary>Area under the ROC curve, of more than two classes the mean of each class against the others.</summary>
    public required double Area { get; init; }

    /// <summary>The share of rows whose class is predicted.</summary>
    public required double Accuracy { get; init; }
}
