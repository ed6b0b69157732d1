namespace MLNet.Vae.Tool.Results;

/// <summary>What <c>sample --json</c> writes.</summary>
internal sealed record SampleResult(int Rows, IReadOnlyList<string> Columns, int Seed, string Output, double Seconds,
    IReadOnlyList<string> Warnings);
