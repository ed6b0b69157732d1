using System.Text.Json;
using Microsoft.ML;
using MLNet.Vae.Groups;
using MLNet.Vae.Tables;
using MLNet.Vae.Tests.Kit;
using static MLNet.Vae.Tests.Groups.GroupRows;

namespace MLNet.Vae.Tests.Groups;

/// <summary>Several ranks survey one table and train on it, each with rows of its own.</summary>
public class GroupTableTests
{
    private static readonly VaeTrainingOptions Training = new() { Epochs = 4, BatchSize = 32, Seed = 3, Threads = 1 };

    /// <summary>Each rank sees other categories, other ranges, and a column that is constant where it looks.</summary>
    [Fact]
    public async Task Columns_are_modelled_as_one_process_would_that_read_the_rows_rank_after_rank()
    {
        var rows = Orders(400);
        var alone = Table(rows, Training);
        Order[][] parts = [rows[..130], [], rows[130..131], rows[131..]];
        var models = await ThreadGroup.Run(4, group => Fit(parts[group.Rank], Training with { Group = group }));
        Assert.All(models, model => Assert.Equal(models[0], model));
        var table = Read(models[0]).Table!;
        Assert.Equal(alone, JsonSerializer.Serialize(table));
        Assert.Null(table.Columns.Single(column => column.Name == "Id").Kind);
        Assert.Equal(VaeColumnKind.Histogram, table.Columns.Single(column => column.Name == "Amount").Kind);
        Assert.Equal(4, table.Columns.Single(column => column.Name == "Country").Fields[0].Categories!.Count);
    }

    /// <summary>Beyond what is kept of a column each rank gives its share.</summary>
    [Fact]
    public async Task A_sample_of_the_numbers_of_all_ranks_is_one_of_all_rows()
    {
        const int Rows = 240_000;
        var surveys = await ThreadGroup.Run(2, group =>
        {
            var survey = new NumberSurvey(seed: 1);
            // The first rank has the first quarter of a rising column.
            var (from, to) = group.Rank == 0 ? (0, Rows / 4) : (Rows / 4, Rows);
            for (var i = from; i < to; i++)
                survey.Add(i);
            survey.Merge(TrainingGroup.Of(group));
            return survey;
        });
        Assert.Equal(surveys[0].Sorted(), surveys[1].Sorted());
        var (found, sorted) = (surveys[0], surveys[0].Sorted());
        Assert.Equal((Rows, true, true, 0, Rows - 1), (found.Count, found.IsInteger, found.IsRising, found.Least, found.Greatest));
        // The greatest difference of the distribution functions is that of an ordinary sample of as many (Kolmogorov 1933).
        var difference = sorted.Select((value, i) => Math.Abs((value / Rows) - (i / (double)sorted.Length))).Max();
        Assert.InRange(difference, 0, 2 / Math.Sqrt(sorted.Length));
    }

    [Fact]
    public async Task Whether_numbers_rise_is_a_matter_of_all_ranks()
    {
        double[][] parts = [[1, 2, 3], [], [3, 4]];
        var rising = await ThreadGroup.Run(3, group =>
        {
            var survey = new NumberSurvey(seed: 1);
            foreach (var value in parts[group.Rank])
                survey.Add(value);
            survey.Merge(TrainingGroup.Of(group));
            return survey.IsRising;
        });
        Assert.Equal([false, false, false], rising);
    }

    [Fact]
    public async Task A_text_that_has_no_form_in_utf8_stays_itself()
    {
        var counts = await ThreadGroup.Run(2, group =>
        {
            var survey = new TextSurvey();
            survey.Add(group.Rank == 0 ? "\ud800" : "\ud801");
            survey.Add("both");
            survey.Merge(TrainingGroup.Of(group));
            return survey.MostFrequent(10).Texts;
        });
        Assert.All(counts, texts => Assert.Equal(["both", "\ud800", "\ud801"], texts));
    }

    [Fact]
    public async Task A_column_that_one_rank_has_no_value_of_is_no_fault()
    {
        var rows = Orders(200);
        foreach (var row in rows[..100])
            (row.Country, row.Weight) = ("", double.NaN);
        var models = await ThreadGroup.Run(2, group => Fit(
            group.Rank == 0 ? rows[..100] : rows[100..], Training with { Group = group }));
        Assert.Equal(models[0], models[1]);
        Assert.Equal(100, Read(models[0]).Table!.Columns.Single(column => column.Name == "Country").Missing);
    }

    [Fact]
    public async Task Tables_of_other_columns_or_options_are_told()
    {
        var faults = await ThreadGroup.Run(2, group => Assert.Throws<InvalidOperationException>(() => Fit(
            Orders(40), Training with { Group = group }, group.Rank == 0 ? [] : ["Weight"])).Message);
        Assert.Contains("IgnoredColumnNames[0] is not set on rank 0 and Weight on rank 1", faults[0], StringComparison.Ordinal);
        var kinds = await ThreadGroup.Run(2, group => Assert.Throws<InvalidOperationException>(() =>
        {
            var mlContext = new MLContext(seed: 1);
            var asked = new VaeTableOptions { Training = Training with { Group = group } };
            asked = asked with { ColumnKinds = asked.ColumnKinds.Add("Weight", VaeColumnKind.LogNormal) };
            if (group.Rank == 1)
                asked = asked with { ColumnKinds = asked.ColumnKinds.Add("Amount", VaeColumnKind.Quantile) };
            mlContext.Transforms.VaeEmbed(asked).Fit(mlContext.Data.LoadFromEnumerable(Orders(40)));
        }).Message);
        // By the name of a column: another order in another process is no difference.
        Assert.EndsWith(
            "but ColumnKinds[Amount] is not set on rank 0 and Quantile on rank 1.", kinds[0], StringComparison.Ordinal);
        var others = await ThreadGroup.Run(2, group => Assert.Throws<InvalidOperationException>(() =>
        {
            var mlContext = new MLContext(seed: 1);
            IDataView view = mlContext.Data.LoadFromEnumerable(Orders(40));
            if (group.Rank == 1)
                view = mlContext.Transforms.DropColumns("Weight").Fit(view).Transform(view);
            mlContext.Transforms.VaeEmbed(new VaeTableOptions { Training = Training with { Group = group } }).Fit(view);
        }).Message);
        Assert.StartsWith("The ranks of a group must have the same columns, but rank 0 has 'Id' ", others[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_one_rank_cannot_take_fails_all()
    {
        var rows = Orders(60);
        rows[45].Weight = double.PositiveInfinity;
        var faults = await ThreadGroup.Run(2, group => Assert.Throws<InvalidOperationException>(
            () => Fit(group.Rank == 0 ? rows[..30] : rows[30..], Training with { Group = group })).Message);
        Assert.All(faults, fault => Assert.StartsWith("Column 'Weight' has an infinite value", fault, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Holes_are_filled_by_a_model_of_all_ranks()
    {
        var rows = Orders(300);
        var filled = await ThreadGroup.Run(2, group =>
        {
            var mlContext = new MLContext(seed: 1);
            using var impute = mlContext.Transforms.VaeImpute(new VaeTableOptions { Training = Training with { Group = group } })
                .Fit(mlContext.Data.LoadFromEnumerable(Part(rows, group)));
            Order[] holes = [new() { Id = 1, Country = "", Weight = double.NaN, Amount = 5 }];
            return mlContext.Data.CreateEnumerable<Order>(impute.Transform(mlContext.Data.LoadFromEnumerable(holes)), false).Single();
        });
        Assert.Contains(filled[0].Country, (string[])["DE", "FR", "PL", "US"]);
        Assert.Equal((filled[0].Country, filled[0].Weight), (filled[1].Country, filled[1].Weight));
    }

    private static string Table(Order[] rows, VaeTrainingOptions training) => JsonSerializer.Serialize(Read(Fit(rows, training)).Table);

    private static byte[] Fit(Order[] rows, VaeTrainingOptions training, string[]? ignored = null)
    {
        var mlContext = new MLContext(seed: 1);
        using var model = mlContext.Transforms.VaeEmbed(new VaeTableOptions
        {
            Architecture = VaeArchitecture.Mlp(8),
            Latent = VaeLatent.Gaussian(2),
            IgnoredColumnNames = [.. ignored ?? []],
            Training = training,
        }).Fit(mlContext.Data.LoadFromEnumerable(rows));
        return model.Model.ToOnnx(VaeGraph.Scorer);
    }

    /// <summary>In the order of their countries, so that each rank has seen others.</summary>
    private static Order[] Orders(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(i => new Order
        {
            Id = i,
            Country = ((string[])["PL", "DE", "FR", "US"])[4 * i / count],
            Paid = i > count / 2,
            Items = random.Next(40),
            Weight = Math.Exp(random.NextDouble() + (i / (double)count)),
            Amount = i % 3 == 0 ? 0 : 100 * random.NextDouble(),
            Time = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddHours(7 * i),
        })];
    }

    private sealed class Order
    {
        public int Id { get; set; }

        public string Country { get; set; } = "";

        public bool Paid { get; set; }

        public int Items { get; set; }

        public double Weight { get; set; }

        public double Amount { get; set; }

        public DateTime Time { get; set; }
    }
}
