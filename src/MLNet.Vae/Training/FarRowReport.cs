using MLNet.Vae.Data;
using MLNet.Vae.Messages;
using static System.FormattableString;
using static TorchSharp.torch;

namespace MLNet.Vae.Training;

/// <summary>Names the rows that a finished model finds so unlikely that they outweigh all others.</summary>
internal static class FarRowReport
{
    private const int NamedRows = 10;

    /// <summary>Of the rows trained on, at most one in so many.</summary>
    private const int FewRows = 100;

    /// <param name="module">The model.</param>
    /// <param name="data">Its rows: those held out and, where they are in memory, those trained on.</param>
    /// <param name="corruption">Of what the encoder reads; <see langword="null"/>: none.</param>
    /// <param name="seed">Of the noise and of the corruption.</param>
    /// <param name="importanceSamples">K of the importance-weighted bound; 0: the loss is the negative evidence lower bound.</param>
    /// <returns>What to tell; <see langword="null"/>: there are none.</returns>
    public static string? Of(VaeModule module, TrainingRows data, VaeCorruption? corruption, int seed, int importanceSamples)
    {
        var heldOut = Far(data.HeldOut).Select(row => data.HeldOutNumbers[row]).ToList();
        var trainedOn = data.RowsInMemory is { } rows ? Far(rows).Select(row => data.TrainedOnNumber(row)).ToList() : [];
        // More are a kind of rows, which the model has had a chance to learn.
        if (trainedOn.Count > Math.Max(1, data.Count / FewRows))
            trainedOn = [];
        if (heldOut.Count + trainedOn.Count == 0)
            return null;
        string[] parts =
        [
            .. heldOut.Count == 0 ? [] : new[] { $"of those held out {Numbers(heldOut)}, without which epochs are judged" },
            .. trainedOn.Count == 0 ? [] : new[] { $"of those trained on {Numbers(trainedOn)}, which pull the model towards them" },
        ];
        return $"The loss of a few rows outweighs that of all others: {string.Join("; ", parts)}. Rows count from 0. Look at them: a wrong "
            + "value, or rows of a kind of which there are too few to learn from.";

        IReadOnlyList<int> Far(Tensor of)
            => of.size(0) == 0 ? [] : Evaluator.FarRows(module, data, of, corruption, seed, importanceSamples);
    }

    private static string Numbers(List<long> rows)
    {
        var named = string.Join(", ", rows.Order().Take(NamedRows).Select(ScoringMessages.Count));
        return Invariant($"{rows.Count} ({(rows.Count == 1 ? "row" : "rows")} {named}{(rows.Count > NamedRows ? ", …" : "")})");
    }
}
