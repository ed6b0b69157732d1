using Microsoft.ML;

namespace MLNet.Vae.Tests.Report.Tables;

/// <summary>Rows of a table whose columns follow from each other, and what a bad model makes of them.</summary>
internal static class People
{
    private static readonly string[] Towns = ["", "Ambridge", "Borchester", "Felpersham"];

    public static Person[] Drawn(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => Drawn(random))];
    }

    /// <summary>Each column in another random order.</summary>
    public static Person[] Shuffled(Person[] people, int seed)
    {
        var random = new Random(seed);
        T[] Column<T>(Func<Person, T> of)
        {
            var values = Array.ConvertAll(people, person => of(person));
            random.Shuffle(values);
            return values;
        }

        var (towns, ages, children) = (Column(p => p.Town), Column(p => p.Age), Column(p => p.Children));
        var (incomes, contracts, owners) = (Column(p => p.Income), Column(p => p.Contract), Column(p => p.IsOwner));
        return [.. people.Select((_, i) => new Person
        {
            Town = towns[i],
            Age = ages[i],
            Children = children[i],
            Income = incomes[i],
            Contract = contracts[i],
            IsOwner = owners[i],
        })];
    }

    public static VaeTableQuality Measure(Person[] real, Person[] heldOut, Person[] synthetic, VaeTableReportOptions? options = null)
    {
        var mlContext = new MLContext(seed: 1);
        IDataView View(Person[] rows) => mlContext.Data.LoadFromEnumerable(rows);
        return VaeTableReport.Measure(mlContext, View(real), View(heldOut), View(synthetic), options);
    }

    private static Person Drawn(Random random)
    {
        var town = random.Next(Towns.Length);
        var age = 20 + (50 * random.NextDouble());
        var income = (20_000 * (1 + town)) + (800 * age) + (5000 * random.NextDouble());
        return new()
        {
            Town = Towns[town],
            Age = random.Next(20) == 0 ? float.NaN : (float)Math.Round(age),
            Children = age < 30 ? 0 : random.Next(4),
            Income = income,
            Contract = income + (20_000 * random.NextDouble()) > 90_000 ? "full" : age < 45 ? "part" : "none",
            IsOwner = income + (30_000 * random.NextDouble()) > 110_000,
        };
    }
}
