namespace MLNet.Vae.Tool.Results;

/// <summary>What <c>impute --json</c> writes.</summary>
/// <param name="Rows">Rows of the file.</param>
/// <param name="Filled">Cells that were filled, by column.</param>
/// <param name="StillMissing">Cells that stay missing, as their column is none of the model's, by column.</param>
/// <param name="Output">The file.</param>
/// <param name="Seconds">Reading, training where there was any, and writing.</param>
/// <param name="Warnings">What was warned of.</param>
internal sealed record ImputeResult(
    long Rows, IReadOnlyDictionary<string, long> Filled, IReadOnlyDictionary<string, long> StillMissing, string Output, double Seconds,
    IReadOnlyList<string> Warnings);
