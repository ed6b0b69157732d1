using System.Globalization;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>
/// A fit with the number of threads that it chooses, beside fixed numbers, with the machine to itself and with one core kept busy.
/// </summary>
/// <param name="name">What it is called.</param>
/// <param name="rows">To train on.</param>
/// <param name="features">Of a row.</param>
/// <param name="epochs">Of every fit, so that all do the same work.</param>
/// <param name="hidden">Units of the hidden layer; 0: the library's own architecture.</param>
/// <param name="latent">Latent dimensions, where there is a hidden layer.</param>
internal sealed class ThreadsTable(string name, int rows, int features, int epochs, int hidden = 0, int latent = 0) : ISpeedTable
{
    private const int Rounds = 3;

    // Of threads; 0: what the fit chooses.
    private const int Chosen = 0;

    private static readonly int[] Counts =
    [
        Chosen,
        .. new[] { 1, 2, 4, Environment.ProcessorCount / 2, Environment.ProcessorCount }
            .Where(count => count >= 1 && count <= Environment.ProcessorCount)
            .Distinct()
            .Order(),
    ];

    public string Name => name;

    public void Measure(TextWriter to, int threads)
    {
        var model = hidden == 0 ? "" : $", {features}-{hidden}-{latent}";
        var columns = Counts.Select(count => count == Chosen ? "default | its threads" : count == 1 ? "1 thread" : $"{count} threads");
        to.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                #### Threads {rows:N0} × {features}{model}

                Seconds of a fit of {epochs} epochs, each in a process of its own, the loading of torch included; median (lowest to highest) of {Rounds} rounds in turn.

                | | {string.Join(" | ", columns)} | default ÷ best |
                |---|---|{string.Concat(Counts.Select(_ => "---|"))}---|
                """
            )
        );
        Row("nothing else started", Fits());
        using (var busy = new BusyCore())
        {
            var fits = Fits();
            busy.Check();
            Row("one core kept busy", fits);
        }
        to.WriteLine();

        void Row(string condition, List<ChildResult>[] fits)
        {
            var medians = fits.Select(of => Race.Median([.. of.Select(fit => fit.Seconds)])).ToArray();
            var chosen = fits[0].Select(fit => fit.Value).Distinct().Single();
            var cells = fits.Select((of, i) => Cell(of, medians[i])).ToArray();
            to.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {condition} | {cells[0]} | {chosen} | {string.Join(" | ", cells[1..])} | {medians[0] / medians.Min():F2} |"
                )
            );
        }

        static string Cell(List<ChildResult> fits, double median) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{median:F2} ({fits.Min(fit => fit.Seconds):F2} to {fits.Max(fit => fit.Seconds):F2})"
            );
    }

    private List<ChildResult>[] Fits()
    {
        var fits = Counts.Select(_ => new List<ChildResult>()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < fits.Length; i++)
            {
                int[] numbers = [rows, features, epochs, hidden, latent, Counts[i]];
                fits[i].Add(Child.Run("fit", [.. numbers.Select(number => Child.Text(number))]));
            }
        }
        return fits;
    }
}
