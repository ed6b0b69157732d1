using System.Diagnostics;
using System.Globalization;
using Examples;
using Microsoft.ML;
using MLNet.Vae.Modules;

namespace Partitions;

/// <summary>Makes rows, trains a detector on some, scores all of them in one process and in several.</summary>
internal sealed class Job(DirectoryInfo folder, int rows, int workers)
{
    private const int TrainedOn = 5_000;

    private string At(string name) => Path.Combine(folder.FullName, name);

    public int Run()
    {
        folder.Create();
        Write(At("rows.csv"));
        Output.Timed("training", _ => Train());

        var length = new FileInfo(At("rows.csv")).Length;
        Output.Timed("scoring in one process", _ => Wait(Start(0, length, "whole.txt")));
        Output.Timed(
            $"scoring in {workers} processes",
            _ =>
            {
                var parts = Enumerable
                    .Range(0, workers)
                    .Select(i => Start(length * i / workers, length * (i + 1) / workers, $"part{i}.txt"))
                    .ToList();
                return parts.TrueForAll(Wait);
            }
        );
        using (var merged = File.Create(At("merged.txt")))
        {
            for (var i = 0; i < workers; i++)
            {
                using var part = File.OpenRead(At($"part{i}.txt"));
                part.CopyTo(merged);
            }
        }

        var same = File.ReadAllBytes(At("whole.txt")).AsSpan().SequenceEqual(File.ReadAllBytes(At("merged.txt")));
        Output.Line(
            $"{File.ReadLines(At("merged.txt")).Count():N0} scores; "
            + $"{(same ? "the files are the same, byte for byte" : "THE FILES DIFFER")}."
        );
        return same ? 0 : 1;
    }

    private bool Train()
    {
        var mlContext = new MLContext(seed: 1);
        var data = mlContext.Data.LoadFromEnumerable(
            LineRange
                .Read(At("rows.csv"), 0, long.MaxValue)
                .Take(TrainedOn)
                .Select(line => new Reading
                {
                    Features = [.. line.Split(',').Select(value => float.Parse(value, CultureInfo.InvariantCulture))],
                })
        );
        using var detector = mlContext.AnomalyDetection.Trainers.Vae(latentDimension: 4).Fit(data);
        detector.ExportOnnx(folder.FullName);
        return true;
    }

    private Process Start(long from, long to, string scores)
    {
        string[] arguments =
        [
            typeof(Job).Assembly.Location, "worker", At("scorer.onnx"), At("rows.csv"),
            from.ToString(CultureInfo.InvariantCulture), to.ToString(CultureInfo.InvariantCulture), At(scores),
        ];
        return Process.Start(new ProcessStartInfo("dotnet", arguments))!;
    }

    private static bool Wait(Process process)
    {
        using (process)
        {
            process.WaitForExit();
            return process.ExitCode == 0 ? true : throw new InvalidOperationException("A worker failed; it has said why above.");
        }
    }

    /// <summary>Readings that follow four hidden causes.</summary>
    private void Write(string path)
    {
        const int causes = 4;
        var random = new Random(1);
        var loadings = Enumerable.Range(0, Reading.Sensors * causes).Select(_ => random.NextDouble() - 0.5).ToArray();
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        for (var i = 0; i < rows; i++)
        {
            var cause = Enumerable.Range(0, causes).Select(_ => random.NextDouble() * 10).ToArray();
            writer.WriteLine(
                string.Join(
                    ',',
                    Enumerable
                        .Range(0, Reading.Sensors)
                        .Select(s =>
                            (cause.Select((c, k) => c * loadings[s * causes + k]).Sum() + random.NextDouble() * 0.1).ToString(
                                "F3",
                                CultureInfo.InvariantCulture
                            )
                        )
                )
            );
        }
    }
}
