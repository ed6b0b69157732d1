using System.Globalization;

namespace MLNet.Vae.Compression;

/// <summary>Every sentence that compression says to a user: the thing, what was expected, what was found, what to do.</summary>
internal static class CompressionMessages
{
    public static string Likelihood(string likelihood) =>
        $"Rows of a {likelihood} likelihood are not compressed: expected one whose values are symbols, Bernoulli of 0 and 1 without "
        + "scaling or categorical, or a mixture of these. Train such a model, or one with codes (VectorQuantized latent), which loses "
        + "what they do not say.";

    public static string Latent(VaeLatentKind latent, bool learnedPrior) =>
        $"A model with a {latent} latent{(learnedPrior ? " and a prior that depends on the condition" : "")} does not compress: expected a "
        + "Gaussian latent with the prior N(0, I), or codes (VectorQuantized latent). Train such a model.";

    public static string Target() =>
        "This model reconstructs a target, not its features, so that rows do not come back. Train one on the features themselves.";

    public static string NoSymbol(int row, int slot, string? name, float found, string expected) =>
        $"Row {Text(row)} (counted from 0), value {Text(slot)}{(string.IsNullOrEmpty(name) ? "" : $" (\"{name}\")")} is "
        + $"{found.ToString(CultureInfo.InvariantCulture)}; expected {expected}. Draw or round such values before.";

    public static string NotOfThisModel() =>
        "The bytes were made with another model: expected those that Compress made with this one. Open the model that they were made with.";

    public static string Damaged(string how) =>
        $"The bytes are truncated or damaged: {how}. Expected all that Compress gave, and nothing else. Copy them again.";

    public static string OtherRows() =>
        "The rows that came back are not those that went in: the bytes are damaged, the condition is another, or the last bits of what the "
        + "model computes are others here. Decompress with the same version of ONNX Runtime and of this library, on a processor of "
        + "the same kind, and with the same condition.";

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
