namespace MLNet.Vae.Benchmarks.Numbers.Anomalies;

/// <summary>What is trained on and what is ranked, in the units of the training rows: standardised by their mean and deviation.</summary>
/// <param name="Trained">Rows.</param>
/// <param name="Tested">Rows.</param>
/// <param name="Anomalous">Of the rows tested.</param>
/// <param name="AreSame">Whether both are the same rows, so that a row is its own nearest neighbour.</param>
internal sealed record AnomalySplit(float[][] Trained, float[][] Tested, bool[] Anomalous, bool AreSame)
{
    private const int Resampled = 1_000;

    public static AnomalySplit Of(AnomalyProtocol protocol, float[][] features, bool[] anomalous, int seed)
    {
        var random = new Random(seed);
        int[] rows = protocol == AnomalyProtocol.Published && features.Length < Resampled
            ? [.. Enumerable.Range(0, Resampled).Select(_ => random.Next(features.Length))]
            : [.. Enumerable.Range(0, features.Length)];
        if (protocol == AnomalyProtocol.Unsupervised)
            return Standardised(features, rows, rows, anomalous, areSame: true);
        int[] normal = [.. rows.Where(row => !anomalous[row])];
        if (protocol == AnomalyProtocol.Shuffled)
            random.Shuffle(normal);
        var trained = normal[..(normal.Length / 2)];
        int[] tested = [.. normal[(normal.Length / 2)..], .. rows.Where(row => anomalous[row])];
        return Standardised(features, trained, tested, anomalous, areSame: false);
    }

    private static AnomalySplit Standardised(float[][] features, int[] trained, int[] tested, bool[] anomalous, bool areSame)
    {
        var width = features[0].Length;
        double[] mean = [.. Enumerable.Range(0, width).Select(j => trained.Average(row => (double)features[row][j]))];
        double[] deviation =
        [
            .. Enumerable.Range(0, width).Select(j => Math.Sqrt(trained.Average(row => Math.Pow(features[row][j] - mean[j], 2)))),
        ];
        var scaled = Array.ConvertAll(features, row => row.Select((value, j) =>
            (float)((value - mean[j]) / (deviation[j] > 0 ? deviation[j] : 1))).ToArray());
        return new(
            Array.ConvertAll(trained, row => scaled[row]),
            Array.ConvertAll(tested, row => scaled[row]),
            Array.ConvertAll(tested, row => anomalous[row]),
            areSame
        );
    }
}
