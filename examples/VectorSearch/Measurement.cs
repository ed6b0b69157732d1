using System.Diagnostics;
using Examples;
using Microsoft.Extensions.AI;

namespace VectorSearch;

/// <summary>What is found by vectors of the model, by principal components and by raw pixels; how fast, in how many bytes.</summary>
internal sealed class Measurement(PictureSet pictures, Models models, Database database)
{
    private const int Nearest = 10, Warming = 20, Searches = 500;

    public void Run(int seeds)
    {
        Output.Heading(
            $"{pictures.Name}: {pictures.Stored.Length:N0} pictures stored, {pictures.Asked.Length:N0} asked; "
                + $"{database.Value<string>("SELECT version()")}; pgvector "
                + database.Value<string>("SELECT extversion FROM pg_extension WHERE extname = 'vector'"));
        var raw = new Space("raw pixels", Raw(pictures.Stored), Raw(pictures.Asked));
        var rawNearest = raw.Nearest(Nearest);
        List<Space[]> spaces = [];
        for (var seed = 1; seed <= seeds; seed++)
        {
            using var generator = models.Train(seed);
            var components = models.Components(seed);
            spaces.Add(
            [
                new($"VaeOptions.Features({models.Dimension})", Codes(generator, pictures.Stored), Codes(generator, pictures.Asked)),
                new($"PCA, {models.Dimension}", components(pictures.Stored), components(pictures.Asked)),
                raw,
            ]);
        }
        Output.Table(
            [
                Output.Left("vectors"), Output.Right("same label of 10"), Output.Right("10 raw neighbours kept"),
                Output.Right("index recall"), Output.Right("p50 index, ms"),
                Output.Right("p50 scan, ms"), Output.Right("vector, B"), Output.Right("index, B a row"),
                Output.Right("fill and index, s"),
            ],
            Enumerable.Range(0, spaces[0].Length).Select(which => Row([.. spaces.Select(of => of[which])], rawNearest)));
    }

    /// <summary>What is found is of all trainings, the rest of the first.</summary>
    private string[] Row(Space[] trainings, int[][] rawNearest)
    {
        var nearest = Array.ConvertAll(trainings, space => space.Nearest(Nearest));
        var labels = nearest.Select(found => found.Zip(pictures.Asked)
            .Average(row => row.First.Average(id => pictures.Stored[id].Label == row.Second.Label ? 1.0 : 0)));
        var kept = nearest.Select(found => found.Zip(rawNearest).Average(row => row.First.Intersect(row.Second).Count() / (double)Nearest));
        var clock = Stopwatch.StartNew();
        var space = trainings[0];
        using var table = new VectorTable(
            database, "measured", pictures.Stored.Select(picture => picture.Label), [.. space.Stored.Select(row => row.AsMemory())]);
        var filled = clock.Elapsed;
        table.UseIndex(true);
        var recall = space.Asked.Zip(nearest[0]).Average(row => Recall(space, row.First, row.Second, table.Nearest(row.First, Nearest)));
        var byIndex = Median(table, space);
        table.UseIndex(false);
        var byScan = Median(table, space);
        return
        [
            space.Name, Spread(labels), Spread(kept), $"{recall:F3}", $"{byIndex:F2}", $"{byScan:F2}", $"{table.VectorBytes}",
            $"{table.IndexBytes / (double)space.Stored.Length:F0}", $"{filled.TotalSeconds:F1}",
        ];
    }

    /// <summary>Rows as near as the true ones: where several are as far, any of them is right.</summary>
    private static double Recall(Space space, float[] asked, int[] truth, List<Neighbor> found)
    {
        const double Rounding = 1e-5;
        var farthest = Space.Distance(asked, space.Stored[truth[^1]]);
        return found.Count(row => Space.Distance(asked, space.Stored[row.Id]) <= farthest * (1 + Rounding)) / (double)Nearest;
    }

    private static double Median(VectorTable table, Space space)
    {
        var asked = space.Asked.Take(Searches).ToArray();
        foreach (var row in asked.Take(Warming))
            table.Nearest(row, Nearest);
        var times = Array.ConvertAll(asked, row =>
        {
            var start = Stopwatch.GetTimestamp();
            table.Nearest(row, Nearest);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        });
        Array.Sort(times);
        return times[times.Length / 2];
    }

    private static string Spread(IEnumerable<double> values)
    {
        double[] all = [.. values];
        var mean = all.Average();
        var deviation = all.Length < 2 ? 0 : Math.Sqrt(all.Sum(value => (value - mean) * (value - mean)) / (all.Length - 1));
        return deviation == 0 ? $"{mean:F3}" : $"{mean:F3} ± {deviation:F3}";
    }

    private static float[][] Raw(Picture[] rows) => Array.ConvertAll(rows, picture => picture.Pixels);

    private static float[][] Codes(IEmbeddingGenerator<Picture, Embedding<float>> generator, Picture[] rows)
        => [.. generator.GenerateAsync(rows).GetAwaiter().GetResult().Select(embedding => embedding.Vector.ToArray())];
}
