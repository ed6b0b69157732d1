using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;
using Spectre.Console;

namespace Pump;

/// <summary>One model for each file: trained on its first readings, judging the others.</summary>
internal sealed class Job
{
    private const int Trained = 400;

    public DirectoryInfo? Folder { get; init; }

    public required DirectoryInfo Output { get; init; }

    public int Seed { get; init; }

    public void Run()
    {
        Output.Create();
        var table = new Table().AddColumns("readings of", "judged", "faulty", "found", "false alarms", "seen by", "report");
        var all = new Counts();
        foreach (var (name, readings) in Series())
        {
            var (counts, channel, report) = Judge(name, readings);
            all += counts;
            table.AddRow(
                name, $"{counts.Judged}", $"{counts.Faulty}", Share(counts.Found, counts.Faulty),
                Share(counts.False, counts.Judged - counts.Faulty), channel, report);
        }
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"F1 {all.F1:F3}, {Share(all.False, all.Judged - all.Faulty)} of normal readings called faulty, "
            + $"{Share(all.Faulty - all.Found, all.Faulty)} of faulty ones missed."));
    }

    private IEnumerable<(string Name, IDataView Readings)> Series()
    {
        var mlContext = new MLContext(Seed);
        if (Folder is null)
        {
            yield return ("simulation", Simulator.Run(mlContext, Seed));
            yield break;
        }
        var files = Folder.GetFiles("*.csv").OrderBy(file => file.Name.Length).ThenBy(file => file.Name, StringComparer.Ordinal).ToList();
        if (files.Count == 0)
            throw new FileNotFoundException($"There is no .csv file in '{Folder.FullName}'. Give a folder of SKAB's files, or none.");
        foreach (var file in files)
            yield return (Path.GetFileNameWithoutExtension(file.Name), Sensors.Load(mlContext, file.FullName));
    }

    private (Counts Counts, string Channel, string Report) Judge(string name, IDataView readings)
    {
        var mlContext = new MLContext(Seed);
        var options = new VaeSeriesOptions
        {
            Window = new() { Columns = [.. Sensors.Channels], TimeColumnName = Sensors.Time },
            Training = new() { Seed = Seed, ValidationSplit = VaeValidationSplit.Last },
        };
        using var detector = mlContext.AnomalyDetection.Trainers.VaeSeries(options)
            .Fit(mlContext.Data.TakeRows(readings, Trained));
        mlContext.Model.SaveAtomically(detector, readings.Schema, Path.Combine(Output.FullName, $"{name}.zip"));

        var scored = detector.Transform(readings);
        var report = Path.Combine(Output.FullName, $"{name}.html");
        VaeSeriesReport.Write(mlContext, scored, report, new VaeSeriesReportOptions
        {
            Title = $"Pump, {name}",
            TimeColumnName = Sensors.Time,
            ChannelColumnNames = [.. Sensors.Channels],
            ExpectedColumnName = "Expected",
            LabelColumnName = Sensors.Fault,
            Threshold = detector.Threshold,
        });

        var faults = scored.GetColumn<float>(Sensors.Fault).Skip(Trained).Select(fault => fault > 0).ToArray();
        var alarms = scored.GetColumn<bool>("PredictedLabel").Skip(Trained).ToArray();
        var shares = scored.GetColumn<float[]>("ChannelScores").Skip(Trained).ToArray();
        var sums = Sensors.Channels.Select((_, channel)
            => shares.Where((_, i) => alarms[i] && faults[i]).Sum(share => (double)share[channel])).ToArray();
        var channel = sums.Max() > 0 ? Sensors.Channels[Array.IndexOf(sums, sums.Max())] : "none";
        return (Counts.Of(faults, alarms), channel, Path.GetRelativePath(Environment.CurrentDirectory, report));
    }

    private static string Share(int part, int whole)
        => whole == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:F0} %");
}
