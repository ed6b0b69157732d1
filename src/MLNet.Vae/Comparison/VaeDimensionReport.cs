using System.Text;
using Microsoft.ML;
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

    /// <summary>Trains one model for each of several latent dimensions and compares them on held-out rows, with PCA beside them.</summary>
    /// <param name="mlContext">Gives the seed where the options have none, and marks exceptions, as ML.NET does.</param>
    /// <param name="data">The rows to train on; read once where they fit <see cref="VaeTrainingOptions.MemoryLimit"/>.</param>
    /// <param name="options">
    /// The model, but for its latent dimension, and its training; <see langword="null"/>: the defaults. All fits share its seed, and hold
    /// out the same rows.
    /// </param>
    /// <param name="dimensions">Latent dimensions, 1 to 4,096; none given: 1, 2, 4 and so on up to the number of features.</param>
    /// <returns>Bounds, active units and PCA's explained variance, and a suggestion; <c>ToString()</c> is a table.</returns>
    /// <remarks>
    /// Takes as long as the fits together. <see cref="VaeTrainingOptions.Progress"/> receives every epoch of each; a cancelled comparison
    /// throws or, with
    /// <see cref="VaeCancellationBehavior.ReturnBest"/>, reports on the dimensions that were done.
    /// </remarks>
    /// <exception cref="ArgumentException">Options are out of range, or no rows are held out; the message lists all faults.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">
    /// The rows cannot be trained on, or a native library or GPU cannot be used; the message says which and what to do.
    /// </exception>
    /// <exception cref="OperationCanceledException">See <see cref="VaeTrainingOptions.CancellationToken"/>.</exception>
    public static VaeDimensionReport Measure(
        MLContext mlContext, IDataView data, VaeOptions? options = null, params int[] dimensions)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        return new VaeFit(mlContext, nameof(VaeDimensionReport), options ?? new()).Compare(data, dimensions);
    }

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
