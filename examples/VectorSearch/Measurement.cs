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
        var found = spaces.ConvertAll(of => Array.ConvertAll(of, space => space.Nearest(Nearest)));
        var stored = spaces[0].Select(Store).ToArray();
        UseIndex(true);
        var recalls = spaces[0].Select((space, i) => Recall(space, found[0][i], stored[i].Table)).ToArray();
        var byIndex = Medians(spaces[0], stored);
        UseIndex(false);
        var byScan = Medians(spaces[0], stored);
        Output.Table(
            [
                Output.Left("vectors"), Output.Right("same label"), Output.Right("raw kept"), Output.Right("index recall"),
                Output.Right("index, ms"), Output.Right("scan, ms"), Output.Right("vector, B"), Output.Right("index, B"),
                Output.Right("fill, s"),
            ],
            spaces[0].Select((space, i) => new[]
            {
                space.Name, Spread(found.Select(of => SameLabel(of[i]))), Spread(found.Select(of => Kept(of[i], rawNearest))),
                $"{recalls[i]:F3}", $"{byIndex[i]:F2}", $"{byScan[i]:F2}", $"{stored[i].Table.VectorBytes}",
                $"{stored[i].Table.IndexBytes / (double)space.Stored.Length:F0}", $"{stored[i].Seconds:F1}",
            }));
        foreach (var (table, _) in stored)
        {
            table.Drop();
            table.Dispose();
        }

        void UseIndex(bool use)
        {
            foreach (var (table, _) in stored)
                table.UseIndex(use);
        }
    }

    private (VectorTable Table, double Seconds) Store(Space space, int number)
    {
        var clock = Stopwatch.StartNew();
        var table = new VectorTable(
            database, $"measured_{number}", pictures.Stored.Select(picture => picture.Label),
            [.. space.Stored.Select(row => new ReadOnlyMemory<float>(row))]);
        return (table, clock.Elapsed.TotalSeconds);
    }

    private double SameLabel(int[][] found)
        => found.Zip(pictures.Asked).Average(row => row.First.Average(id => pictures.Stored[id].Label == row.Second.Label ? 1.0 : 0));

    private static double Kept(int[][] found, int[][] rawNearest)
        => found.Zip(rawNearest).Average(row => row.First.Intersect(row.Second).Count() / (double)Nearest);

    private static double Recall(Space space, int[][] truth, VectorTable table)
        => space.Asked.Zip(truth).Average(row => Recall(space, row.First, row.Second, table.Nearest(row.First, Nearest)));

    /// <summary>Rows as near as the true ones: where several are as far, any of them is right.</summary>
    private static double Recall(Space space, float[] asked, int[] truth, List<Neighbor> found)
    {
        const double Rounding = 1e-5;
        var farthest = Space.Distance(asked, space.Stored[truth[^1]]);
        return found.Count(row => Space.Distance(asked, space.Stored[row.Id]) <= farthest * (1 + Rounding)) / (double)Nearest;
    }

    /// <summary>Milliseconds of a search in each table, which take turns.</summary>
    private static double[] Medians(Space[] spaces, (VectorTable Table, double)[] stored)
    {
        var times = Array.ConvertAll(spaces, _ => new List<double>());
        for (var search = 0; search < Warming + Searches; search++)
        {
            for (var i = 0; i < spaces.Length; i++)
            {
                var asked = spaces[i].Asked[search % spaces[i].Asked.Length];
                var start = Stopwatch.GetTimestamp();
                stored[i].Table.Nearest(asked, Nearest);
                if (search >= Warming)
                    times[i].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }
        return Array.ConvertAll(times, of => of.Order().ElementAt(of.Count / 2));
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
