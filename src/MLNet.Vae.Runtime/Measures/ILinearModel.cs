namespace MLNet.Vae.Measures;

/// <summary>A linear prediction of a factor from standardised dimensions, with an L1 penalty on its weights.</summary>
internal interface ILinearModel
{
    /// <summary>The least penalty at which all weights are 0.</summary>
    double LargestPenalty { get; }

    /// <summary>Minimises loss + penalty · Σ |w| over the rows to learn from, starting from where the weights are.</summary>
    void Minimise(double penalty);

    /// <summary>What each dimension counts, <c>[dimensions]</c>: its weights without their signs.</summary>
    double[] Weights();

    /// <summary>The loss of each of some rows.</summary>
    IEnumerable<double> Losses(int[] rows);

    /// <summary>How much better some rows are predicted than by the mean or the commonest class: at most 1, and 0 for no better.</summary>
    double Skill(int[] rows);
}
