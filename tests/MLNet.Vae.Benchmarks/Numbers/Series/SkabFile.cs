using System.Globalization;

namespace MLNet.Vae.Benchmarks.Numbers.Series;

/// <summary>An experiment on the test stand of a water pump (SKAB, Katser and Kozitsin 2020): 8 channels at 1 Hz.</summary>
/// <param name="Name">Folder and number.</param>
/// <param name="Times">Of the readings.</param>
/// <param name="Readings"><c>[n][8]</c>.</param>
/// <param name="Anomalous">Of the readings.</param>
internal sealed record SkabFile(string Name, DateTime[] Times, float[][] Readings, bool[] Anomalous)
{
    /// <summary>Readings of a file that train.</summary>
    public const int Trained = 400;

    public const int Channels = 8;

    private const string Folder = "skab";

    public static IReadOnlyList<string> ChannelNames { get; } =
    [
        "Accelerometer1RMS", "Accelerometer2RMS", "Current", "Pressure", "Temperature", "Thermocouple", "Voltage", "Volume Flow RateRMS",
    ];

    /// <summary>Folders of experiments, of those that SKAB has.</summary>
    public static IReadOnlyList<string> Folders { get; } = ["other", "valve1", "valve2"];

    /// <summary>All experiments below the data folder.</summary>
    public static IReadOnlyList<SkabFile> All(NumbersOptions options) =>
    [
        .. from folder in Folders
           let path = options.Path($"{Folder}/{folder}")
           where Directory.Exists(path)
           from file in Directory.GetFiles(path, "*.csv").OrderBy(file => int.Parse(Number(file), CultureInfo.InvariantCulture))
           select Read(file, $"{folder}/{Number(file)}"),
    ];

    public static SkabFile Read(string path, string name)
    {
        var lines = File.ReadLines(path).Skip(1).Select(line => line.Split(';')).ToList();
        return new(
            name,
            [.. lines.Select(cells => DateTime.Parse(cells[0], CultureInfo.InvariantCulture))],
            [.. lines.Select(cells => cells[1..(Channels + 1)].Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)).ToArray())],
            [.. lines.Select(cells => cells[Channels + 1].StartsWith('1'))]);
    }

    private static string Number(string file) => Path.GetFileNameWithoutExtension(file);
}
