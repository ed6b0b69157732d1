using System.Diagnostics;
using Digits;
using Examples;
using Microsoft.ML;

namespace Lectures;

/// <summary>Section after section, and the page of them.</summary>
internal sealed class Job
{
    public required DigitSet Digits { get; init; }

    public required string[] Only { get; init; }

    public required bool Quick { get; init; }

    public required DirectoryInfo Folder { get; init; }

    public required int Seed { get; init; }

    public void Run()
    {
        var watch = Stopwatch.StartNew();
        var mlContext = new MLContext(Seed);
        Output.ShowWarnings(mlContext);
        Output.Heading($"{Digits.Train.Length:N0} pictures to train on, {Digits.Test.Length:N0} others");
        var sections = Sections.All.Where(section => Only.Length == 0 || Only.Contains(section.Name)).ToList();
        var page = new LecturePage(Digits, Quick);
        foreach (var section in sections)
        {
            var clock = Stopwatch.StartNew();
            var findings = Output.Timed($"{section.Number}. {section.Title}", status => section.Run(
                new() { Context = mlContext, Digits = Digits, Quick = Quick, Seed = Seed, Progress = new TrainingProgress(status) }));
            page.Add(section, findings, clock.Elapsed);
        }

        Folder.Create();
        var path = Path.Combine(Folder.FullName, "lectures.html");
        File.WriteAllText(path, page.ToHtml());
        Output.Heading("Written");
        Output.Line(path);
        Output.Line($"Done in {Output.Seconds(watch.Elapsed)}.");
    }
}
