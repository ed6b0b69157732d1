using System.Globalization;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>
/// A fit with the number of threads that it chooses, with one and with all cores, with the machine to itself and with one core kept busy.
/// </summary>
/// <param name="name">What it is called.</param>
/// <param name="rows">To train on.</param>
/// <param name="features">Of a row.</param>
/// <param name="epochs">0: the library's own.</param>
/// <param name="hidden">Units of the hidden layer; 0: the library's own architecture.</param>
/// <param name="latent">Latent dimensions, where there is a hidden layer.</param>
internal sealed class ThreadsTable(string name, int rows, int features, int epochs = 0, int hidden = 0, int latent = 0) : ISpeedTable
{
    private const int Rounds = 3;

    // By itself, one, all cores.
    private readonly int[] _counts = [0, 1, Environment.ProcessorCount];

    public string Name => name;

    public void Measure(TextWriter to, int threads)
    {
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            ### Threads {rows:N0} × {features}{(hidden == 0 ? "" : $", {features}-{hidden}-{latent}")}

                Seconds of a fit{(
                    epochs == 0 ? "" : $" of {epochs} epochs"
                )}, each in a process of its own, the loading of torch included; median (lowest to highest) of {Rounds} rounds in turn.

            | | default | its threads | 1 thread | {Environment.ProcessorCount} threads | default ÷ best |
            |---|---|---|---|---|---|
            """));
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
            to.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {condition} | {Cell(0)} | {fits[0][0].Value} | {Cell(1)} | {Cell(2)} | "
                    + $"{medians[0] / Math.Min(medians[1], medians[2]):F2} |"
                )
            );

            string Cell(int i) =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{medians[i]:F2} ({fits[i].Min(fit => fit.Seconds):F2} to {fits[i].Max(fit => fit.Seconds):F2})"
                );
        }
    }

    private List<ChildResult>[] Fits()
    {
        var fits = _counts.Select(_ => new List<ChildResult>()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < fits.Length; i++)
            {
                fits[i]
                    .Add(
                        Child.Run(
                            "fit",
                            [.. new[] { rows, features, epochs, hidden, latent, _counts[i] }.Select(number => Child.Text(number))]
                        )
                    );
            }
        }
        return fits;
    }
}
