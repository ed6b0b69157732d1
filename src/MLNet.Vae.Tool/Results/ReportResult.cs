namespace MLNet.Vae.Tool.Results;

/// <summary>What <c>report --json</c> writes.</summary>
/// <param name="Page">"model", "series" or "synthetic".</param>
/// <param name="Output">The file.</param>
/// <param name="Verdicts">What the page of a synthetic table says in a sentence each; empty of others.</param>
/// <param name="Seconds">Reading and writing included.</param>
/// <param name="Warnings">What was warned of.</param>
internal sealed record ReportResult(string Page, string Output, IReadOnlyList<string> Verdicts, double Seconds,
    IReadOnlyList<string> Warnings);
