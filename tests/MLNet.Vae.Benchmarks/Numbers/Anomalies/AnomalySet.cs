namespace MLNet.Vae.Benchmarks.Numbers.Anomalies;

/// <summary>
/// A set of ADBench (Han et al. 2022), and AUROC · 100 as published for the semi-supervised protocol (Livernoche et al. 2024).
/// </summary>
/// <param name="Name">Of the set.</param>
/// <param name="File">Without extension.</param>
/// <param name="Vae">A variational autoencoder.</param>
/// <param name="Pca">Principal components.</param>
/// <param name="Forest">Isolation forest.</param>
/// <param name="Neighbours">k nearest neighbours.</param>
internal sealed record AnomalySet(string Name, string File, double Vae, double Pca, double Forest, double Neighbours)
{
    private const string Folder = "adbench";

    public static IReadOnlyList<AnomalySet> All { get; } =
    [
        new("annthyroid", "2_annthyroid", 85.4, 85.2, 90.3, 92.8),
        new("breastw", "4_breastw", 99.2, 99.2, 99.5, 99.1),
        new("cardio", "6_cardio", 96.6, 96.5, 93.3, 92.0),
        new("glass", "14_glass", 72.6, 73.4, 81.1, 92.0),
        new("ionosphere", "18_Ionosphere", 89.8, 89.1, 91.2, 97.4),
        new("mammography", "23_mammography", 89.6, 89.9, 88.0, 87.6),
        new("optdigits", "26_optdigits", 58.2, 58.2, 81.1, 93.7),
        new("pima", "29_Pima", 73.2, 72.3, 74.3, 76.9),
        new("satellite", "30_satellite", 74.1, 66.6, 77.5, 82.2),
        new("thyroid", "38_thyroid", 98.6, 98.6, 99.0, 98.7),
        new("vowels", "40_vowels", 52.1, 52.3, 61.8, 82.2),
        new("wine", "45_wine", 94.3, 93.8, 93.9, 99.2),
    ];

    public string Path => $"{Folder}/{File}.npz";

    /// <summary>Rows in file order, and whether each is an anomaly.</summary>
    public (float[][] Features, bool[] Anomalous) Read(NumbersOptions options)
    {
        var archive = new NumpyArchive(options.Path(Path));
        return (
            [.. archive.Read("X").Select(row => Array.ConvertAll(row, value => (float)value))],
            [.. archive.Read("y").Select(row => row[0] == 1)]
        );
    }
}
