using MLNet.Vae;
using static Examples.Output;

namespace Sprites;

/// <summary>The tables printed.</summary>
internal static class Tables
{
    public static void Scores(params (string Model, VaeDisentanglementScores Scores)[] models) =>
        Table(
            [
                Left("Model"),
                Right("β-VAE score"),
                Right("MIG"),
                Right("SAP"),
                Right("Disentanglement"),
                Right("Completeness"),
                Right("Informativeness"),
            ],
            models.Select(model =>
                new[]
                {
                    model.Model,
                    $"{model.Scores.BetaVae:F3}",
                    $"{model.Scores.Mig:F3}",
                    $"{model.Scores.Sap:F3}",
                    $"{model.Scores.Disentanglement:F3}",
                    $"{model.Scores.Completeness:F3}",
                    $"{model.Scores.Informativeness:F3}",
                }
            )
        );

    /// <param name="scores">Of the model.</param>
    /// <param name="dimensions">In the order of the traversal sheet.</param>
    /// <param name="info">Of the model.</param>
    public static void Information(VaeDisentanglementScores scores, int[] dimensions, VaeModelInfo info) => Table(
        [Right("Line of traversals.png"), Right("Dimension"), Right("KL, nats"), .. scores.Factors.Select(factor => Right(factor.Name))],
        dimensions.Select((dimension, line) => (string[])
        [
            $"{line + 1}", $"{dimension}", $"{info.Training!.Best.KlPerDimension[dimension]:F2}",
            .. scores.Factors.Select(factor => $"{factor.MutualInformation[dimension] / factor.Entropy:F2}"),
        ]));
}
