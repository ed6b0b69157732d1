using System.Text;
using static System.FormattableString;

namespace MLNet.Vae;

/// <summary>Models that differ by their latent dimension alone: the same rows, split and seed.</summary>
public sealed record VaeDimensionReport
{
    /// <summary>
    /// One entry for each dimension, smallest first; none for one whose training gave no weights, which a warning in the log names.
    /// </summary>
    public required IReadOnlyList<VaeDimensionResult> Results { get; init; }

    /// <summary>The entry with the highest bound on the held-out rows.</summary>
    public VaeDimensionResult Best => Results.MaxBy(result => result.ValidationElbo)!;

    /// <summary>
    /// The smallest dimension whose held-out bound lies within one standard error of the best (the one-standard-error rule of Breiman,
    /// Friedman, Olshen and Stone 1984, section 3.4.3): what more dimensions add is less than other rows might have changed.
    /// </summary>
    public VaeDimensionResult Suggested => Results.First(result => result.ValidationElbo >= Best.ValidationElbo - Best.StandardError);

    /// <summary>A table for reading, a line for each dimension, and the suggestion.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("dimension  held-out bound  std. error        KL  reconstruction  active  PCA explains  seconds\n");
        foreach (var r in Results)
        {
            var explained = r.ExplainedVariance is { } share ? Invariant($"{100 * share:F1} %") : "";
            text.Append(
                Invariant(
                    $"{r.Dimension,9}  {r.ValidationElbo,14:F3}  {r.StandardError,10:F3}  {r.Kl,8:F3}  {r.Reconstruction,14:F3}  ")
                        + Invariant($"{r.ActiveUnits,6}  {explained,12}  {r.Elapsed.TotalSeconds,7:F1}\n"
                )
            );
        }
        return text.Append(Suggestion()).ToString();
    }

    private string Suggestion()
    {
        var suggestion = Invariant(
            $"Suggested: {Suggested.Dimension}, the smallest within one standard error of the best ({Best.Dimension})."
        );
        return Suggested.ActiveUnits < Suggested.Dimension
            ? suggestion + Invariant($" It uses {Suggested.ActiveUnits} of its dimensions: try that many.")
            : suggestion;
    }
}
