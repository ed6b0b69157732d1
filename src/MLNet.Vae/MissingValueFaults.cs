namespace MLNet.Vae;

/// <summary>What does not go with missing values.</summary>
internal static class MissingValueFaults
{
    private const string Observed = $"{nameof(VaeModelOptions.MissingValues)} {nameof(VaeMissingValues.Observed)}";

    public static IEnumerable<string> Of(VaeModelOptions options)
    {
        if (options.MissingValues != VaeMissingValues.Observed)
            yield break;
        if (!options.Architecture.EndsDense)
        {
            yield return $"{Observed} needs {nameof(VaeArchitecture)}.{nameof(VaeArchitecture.Mlp)} or "
                + $"{nameof(VaeArchitecture.Linear)}, for others read pictures, series or tokens, which have no place for a mask; choose "
                + "one of the two, or replace missing values first (mlContext.Transforms.ReplaceMissingValues)";
        }
        if (options.Target is not null)
        {
            yield return $"{Observed} knows no target but the features; leave the target column null, or replace missing values first "
                + "(mlContext.Transforms.ReplaceMissingValues)";
        }
        if (options.Score == VaeScoreKind.NeighborDistance)
        {
            yield return $"{nameof(VaeModelOptions.ScoreKind)} {options.Score} compares whole rows; with {Observed} choose "
                + $"{nameof(VaeScoreKind.NegativeElbo)}, or leave it null";
        }
    }
}
