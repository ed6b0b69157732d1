namespace MLNet.Vae.Runtime;

/// <summary>What follows from the state of a row.</summary>
internal static class RowStates
{
    /// <summary>Whether an output of the row is an error.</summary>
    /// <param name="state">Of the row.</param>
    /// <param name="needsScore">Whether the output needs the likelihood of the row.</param>
    public static bool Refuses(this RowState state, bool needsScore)
        => state == RowState.Refused || (needsScore && state == RowState.ScoreIsRefused);

    /// <summary>Whether an output of the row is NaN.</summary>
    /// <param name="state">Of the row.</param>
    /// <param name="needsScore">Whether the output needs the likelihood of the row.</param>
    public static bool Erases(this RowState state, bool needsScore)
        => state == RowState.NaN || (needsScore && state == RowState.ScoreIsNaN);
}
