namespace MLNet.Vae.Measures;

/// <summary>What each dimension counts for each factor, and what follows from it (Eastwood and Williams 2018, section 2).</summary>
/// <param name="Shares">R, <c>[factors][dimensions]</c>, each factor's summing to 1, or all 0 where nothing predicts it.</param>
/// <param name="Skills">How well each factor is predicted from all dimensions, <c>[factors]</c>.</param>
internal sealed record ImportanceMatrix(double[][] Shares, double[] Skills)
{
    private const double LearnedShare = 0.6, ChoosingShare = 0.2;

    // The path of penalties, as shares of the one that leaves no weight.
    private const int Penalties = 16;
    private const double LeastPenalty = 1e-3;

    public static ImportanceMatrix Learn(CodeColumns codes, FactorColumn[] factors, int seed)
    {
        var order = new UniformStream(seed).Order(codes.Rows);
        var rows = Math.Min(codes.Rows, VaeDisentanglement.MaximumLearningRows);
        var (learned, chosen) = ((int)(LearnedShare * rows), (int)((LearnedShare + ChoosingShare) * rows));
        var (learning, choosing, judging) = (order[..learned], order[learned..chosen], order[chosen..rows]);
        var inputs = Array.ConvertAll(codes.Values, column => StandardisedColumn.Of(column, learning));
        var (shares, skills) = (new double[factors.Length][], new double[factors.Length]);
        Parallel.For(0, factors.Length, k =>
        {
            ILinearModel Start() => factors[k].IsCategorical
                ? new SoftmaxRegression(inputs, factors[k].Bins.Of, factors[k].Bins.Count, learning)
                : new Lasso(inputs, StandardisedColumn.Of(factors[k].Values, learning), learning);
            var model = Fit(Start, choosing);
            var weights = model.Weights();
            var sum = weights.Sum();
            shares[k] = sum == 0 ? weights : Array.ConvertAll(weights, weight => weight / sum);
            skills[k] = sum == 0 ? 0 : model.Skill(judging);
        });
        return new(shares, skills);
    }

    /// <summary>C of a factor: 1 − H(R of the factor) / ln dimensions.</summary>
    public double Completeness(int factor) => OneLessEntropy(Shares[factor]);

    /// <summary>D of a dimension: 1 − H(R of the dimension, summing to 1) / ln factors.</summary>
    public double Disentanglement(int dimension) => OneLessEntropy([.. Shares.Select(ofFactor => ofFactor[dimension])]);

    /// <summary>Σ ρ D over the dimensions, ρ the dimension's part in the sum of R.</summary>
    public double Disentanglement()
    {
        var total = Shares.Sum(ofFactor => ofFactor.Sum());
        return total == 0
            ? 0
            : Enumerable.Range(0, Shares[0].Length).Sum(j => Shares.Sum(ofFactor => ofFactor[j]) / total * Disentanglement(j));
    }

    /// <summary>
    /// Of a path from strong to weak penalties, the strongest whose loss is within one standard error of the least (Breiman et al. 1984,
    /// section 3.4.3).
    /// </summary>
    private static ILinearModel Fit(Func<ILinearModel> start, int[] choosing)
    {
        var model = start();
        var largest = model.LargestPenalty;
        double[] penalties = [.. Enumerable.Range(0, Penalties).Select(i => largest * Math.Pow(LeastPenalty, i / (Penalties - 1.0)))];
        var losses = penalties.Select(penalty =>
        {
            model.Minimise(penalty);
            return model.Losses(choosing).ToArray();
        }).ToArray();
        var least = losses.MinBy(loss => loss.Average())!;
        var (mean, rows) = (least.Average(), least.Length);
        var error = Math.Sqrt(least.Sum(loss => (loss - mean) * (loss - mean)) / (rows - 1) / rows);
        var kept = Array.FindIndex(losses, loss => loss.Average() <= mean + error);
        model = start();
        foreach (var penalty in penalties[..(kept + 1)])
            model.Minimise(penalty);
        return model;
    }

    /// <summary>1 − H(shares) / ln count; 0 where there are none.</summary>
    private static double OneLessEntropy(double[] values)
    {
        var sum = values.Sum();
        return sum == 0
            ? 0
            : Math.Clamp(
                1 + values.Where(value => value > 0).Sum(value => value / sum * Math.Log(value / sum)) / Math.Log(values.Length),
                0,
                1
            );
    }
}
