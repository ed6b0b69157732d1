using System.Diagnostics;
using System.Globalization;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>Contenders that take turns, so that whatever else the machine does falls on all of them alike.</summary>
internal sealed class Race(string title, string what, params Contender[] contenders)
{
    private readonly List<double>[] _seconds = [.. contenders.Select(_ => new List<double>())];

    /// <summary>One round that is not counted, then as many as given. The first contender is what the others are compared with.</summary>
    public Race Run(int rounds)
    {
        Console.Error.WriteLine($"{title}: {what}");
        for (var round = 0; round <= rounds; round++)
        {
            for (var i = 0; i < contenders.Length; i++)
            {
                var seconds = contenders[i].Run();
                if (!(seconds > 0 && double.IsFinite(seconds)))
                {
                    throw new InvalidOperationException(
                        Invariant($"{title}: '{contenders[i].Name}' took {seconds} s, which no work takes.")
                    );
                }
                if (round > 0)
                    _seconds[i].Add(seconds);
            }
        }
        return this;
    }

    public double Median(string contender) => Median(_seconds[Array.FindIndex(contenders, c => c.Name == contender)]);

    /// <summary>Median, lowest and highest of each, and how many times as fast as each of the others the first is.</summary>
    public void Print(TextWriter to, double work = 1, string unit = "")
    {
        to.WriteLine($"#### {title}\n\n{what}\n");
        to.WriteLine($"| | median s | lowest to highest |{(unit.Length > 0 ? $" {unit}/s |" : "")} {contenders[0].Name} is faster by |");
        to.WriteLine($"|---|---|---|{(unit.Length > 0 ? "---|" : "")}---|");
        for (var i = 0; i < contenders.Length; i++)
        {
            var median = Median(_seconds[i]);
            var ratio = i == 0 ? "" : Invariant($"{median / Median(_seconds[0]):F2} ×");
            var rate = unit.Length > 0 ? Invariant($" {work / median:N0} |") : "";
            to.WriteLine(
                Invariant($"| {contenders[i].Name} | {median:G4} | {_seconds[i].Min():G4} to {_seconds[i].Max():G4} |{rate} {ratio} |")
            );
        }
        to.WriteLine();
    }

    /// <summary>Seconds that <paramref name="work"/> takes.</summary>
    public static double Time(Action work)
    {
        var clock = Stopwatch.StartNew();
        work();
        return clock.Elapsed.TotalSeconds;
    }

    public static double Median(IReadOnlyCollection<double> values)
    {
        var sorted = values.Order().ToArray();
        var half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
