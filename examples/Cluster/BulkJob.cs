using System.Diagnostics;
using System.Globalization;
using Examples;
using Microsoft.ML;
using MLNet.Vae;

namespace Cluster;

/// <summary>Scores a file in one process and by silos, and compares.</summary>
internal sealed class BulkJob(string folder, int rows)
{
    private const int TrainedOn = 5_000, RowsAtOnce = 1024, Parts = 48;

    private string At(string name) => Path.Combine(folder, name);

    private string Model => At("scorer.onnx");

    /// <summary>Makes rows and a model of them, and the scores of one process.</summary>
    public void Prepare()
    {
        Directory.CreateDirectory(folder);
        Output.Timed($"{rows:N0} rows of {MachineRows.Sensors} numbers", _ => Write());
        Output.Timed($"a model of {TrainedOn:N0} of them", _ => Train());
        Score("one process", () => OneProcess(At("one.csv")));
    }

    /// <summary>By silos as they are.</summary>
    /// <param name="jobs">Asks for it.</param>
    /// <param name="name">Of the run.</param>
    /// <param name="memory">Of the largest silo, MiB.</param>
    /// <param name="worked">What processors have worked for silos.</param>
    /// <param name="midway">What happens once a quarter is scored.</param>
    public bool Run(VaeJobClient jobs, string name, Func<long> memory, Func<TimeSpan> worked, Action? midway = null)
    {
        var job = new VaeJob
        {
            ModelPath = Model,
            Partitions = VaePartition.OfText(At("rows.csv"), Parts),
            OutputFolder = At(name.Replace(' ', '-')),
        };
        var (most, isMidway, before) = (0L, false, worked());
        var status = Score(name, () =>
        {
            var id = jobs.Submit(job).Result.Id;
            return jobs.Wait(id, new Watch(seen =>
            {
                most = Math.Max(most, memory());
                if (!isMidway && seen.Done >= Parts / 4)
                {
                    isMidway = true;
                    midway?.Invoke();
                }
            })).Result;
        });
        Output.Line(
            $"    {status.State}: {status.Done} of {status.Partitions} partitions, at most {most:N0} MiB a silo, "
            + (midway is null
                ? $"{rows / (worked() - before).TotalSeconds:N0} rows a second of a processor's work"
                : $"{status.Restarts} begun anew, the job taken up by another silo {status.Takeovers} times"));
        foreach (var fault in status.Faults)
            Output.Line($"    {fault.Partition}: {fault.Message}");
        var isSame = status.State == VaeJobState.Done && IsSame(job);
        Output.Line($"    {(isSame ? "the same bytes as one process'" : "THE BYTES DIFFER FROM ONE PROCESS'")}");
        return isSame;
    }

    private T Score<T>(string name, Func<T> work)
    {
        var watch = Stopwatch.StartNew();
        var result = work();
        Output.Line($"{name}: {Output.Seconds(watch.Elapsed)}, {rows / watch.Elapsed.TotalSeconds:N0} rows a second");
        return result;
    }

    private bool Write()
    {
        new MachineRows().Write(At("rows.csv"), rows);
        return true;
    }

    private bool Train()
    {
        var mlContext = new MLContext(seed: 1);
        var data = mlContext.Data.LoadFromEnumerable(Reading.Of(new MachineRows().Take(TrainedOn)));
        using var detector = mlContext.AnomalyDetection.Trainers.Vae(latentDimension: 4).Fit(data);
        detector.ExportOnnx(folder);
        return true;
    }

    /// <summary>Line by line, without partitions or silos.</summary>
    private bool OneProcess(string path)
    {
        using var scorer = VaeModel.Load(Model).CreateScorer(new() { Threads = 1 });
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        var (block, scores) = (new float[RowsAtOnce * MachineRows.Sensors], new float[RowsAtOnce]);
        foreach (var lines in File.ReadLines(At("rows.csv")).Chunk(RowsAtOnce))
        {
            for (var i = 0; i < lines.Length; i++)
            {
                var rest = lines[i].AsSpan();
                foreach (ref var value in block.AsSpan(i * MachineRows.Sensors, MachineRows.Sensors))
                {
                    var comma = rest.IndexOf(',');
                    value = float.Parse(comma < 0 ? rest : rest[..comma], CultureInfo.InvariantCulture);
                    rest = rest[(comma + 1)..];
                }
            }
            scorer.Score(block.AsSpan(0, lines.Length * MachineRows.Sensors), scores);
            foreach (var score in scores.AsSpan(0, lines.Length))
                writer.WriteLine(score.ToString("R", CultureInfo.InvariantCulture));
        }
        return true;
    }

    private bool IsSame(VaeJob job)
    {
        using var one = File.OpenRead(At("one.csv"));
        for (var i = 0; i < job.Partitions.Count; i++)
        {
            var part = File.ReadAllBytes(job.OutputPath(i));
            var same = new byte[part.Length];
            if (one.ReadAtLeast(same, same.Length, throwOnEndOfStream: false) < same.Length || !same.AsSpan().SequenceEqual(part))
                return false;
        }
        return one.Position == one.Length;
    }

    private sealed class Watch(Action<VaeJobStatus> watch) : IProgress<VaeJobStatus>
    {
        public void Report(VaeJobStatus value) => watch(value);
    }
}
