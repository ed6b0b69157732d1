using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Data;

/// <summary>A row is held out only where another one of its category is trained on.</summary>
public sealed class KnownCategoryTests
{
    private const int Categories = 40, Targets = 500;

    private static readonly RowLayout Layout = new(Categories, Targets) { CategoricalFeatures = true };

    [Theory]
    [InlineData(false, 3)]
    [InlineData(false, 50)]
    [InlineData(true, 50)]
    public void Every_category_is_trained_on(bool streamed, int rowsOfCategory)
    {
        using var scope = NewDisposeScope();
        using var rows = Load(streamed, Categories * rowsOfCategory, row => row % Categories, fraction: 0.5);
        Assert.Equal(streamed, rows is StreamedRows);
        Assert.InRange((double)rows.HeldOut.size(0) / (Categories * rowsOfCategory), streamed ? 0.05 : 0.4, 0.6);
        Assert.Equal(Categories, CategoriesOf(rows).Distinct().Count());
        Assert.True(rows.HoldOutKnownCodes);
    }

    [Fact]
    public void Of_categories_with_one_row_each_and_some_with_two_only_seconds_are_held_out()
    {
        using var scope = NewDisposeScope();
        using var rows = Load(streamed: false, Categories + 5, row => row % Categories, fraction: 0.9);
        Assert.Equal(Enumerable.Range(Categories, 5).Select(row => (long)row), rows.HeldOutNumbers);
        Assert.Equal(Categories, rows.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_categories_with_one_row_each_none_is_held_out(bool streamed)
    {
        const int Many = 600;
        var layout = new RowLayout(Many, Targets) { CategoricalFeatures = true };
        using var scope = NewDisposeScope();
        using var rows = Load(streamed, Many, row => row, fraction: 0.1, layout);
        Assert.Equal(streamed, rows is StreamedRows);
        Assert.Equal((Many, 0), (rows.Count, rows.HeldOut.size(0)));
        Assert.True(rows.Judged.size(0) > 0);
    }

    [Fact]
    public void The_log_says_so_and_the_last_epoch_is_kept()
    {
        var mlContext = new MLContext(seed: 1);
        var log = new ContextLog(mlContext);
        var options = VaeOptions.CategoryEmbedding(2, "Book", "Links") with { Training = TinyVae.Training };
        using var transformer = mlContext.Transforms.VaeEmbed(options)
            .Fit(LinkedBooks.Rows(mlContext, LinkedBooks.Create(1), sparse: true));
        Assert.Equal((0, TinyVae.Epochs), (transformer.History().ValidationRows, transformer.History().BestEpoch));
        Assert.Contains(
            "Column 'Book': each category has one row, and of one that no row trained on has nothing is learned. So none is held out; "
                + "epochs are reported on rows trained on, and the weights of the last are kept.",
            log.Training);
    }

    [Fact]
    public void What_is_compared_on_held_out_rows_is_refused()
    {
        var mlContext = new MLContext(seed: 1);
        var data = LinkedBooks.Rows(mlContext, LinkedBooks.Create(1), sparse: true);
        var options = VaeOptions.CategoryEmbedding(2, "Book", "Links");
        Assert.Equal(
            "Each category has one row, so that none can be held out, and restarts are compared on held-out rows: expected some categories "
                + "with two rows or more. Set VaeTrainingOptions.Restarts to 1, or give more rows of a category.",
            Refusal.Expect(
                () => mlContext.Transforms.VaeEmbed(options with { Training = TinyVae.Training with { Restarts = 2 } }).Fit(data),
                "restarts").Message);
        Assert.Equal(
            "Each category has one row, so that none can be held out, and dimensions are compared on held-out rows: expected some "
                + "categories with two rows or more. Choose one, such as 8, or give more rows of a category.",
            Refusal.Expect(
                () => VaeDimensionReport.Measure(mlContext, data, options with { Training = TinyVae.Training }, 1, 2),
                "a comparison").Message);
    }

    private static IEnumerable<int> CategoriesOf(TrainingRows rows)
    {
        foreach (var batch in rows.Batches(100, epoch: 1))
        {
            foreach (var row in batch.ToArray().Chunk(rows.Layout.Width))
                yield return Array.IndexOf(row, 1f, 0, rows.Layout.Features);
        }
    }

    private static TrainingRows Load(bool streamed, int count, Func<int, int> categoryOf, double fraction, RowLayout? layout = null)
    {
        layout ??= Layout;
        var random = new Random(1);
        float[][] rows =
        [
            .. Enumerable.Range(0, count).Select(row =>
            {
                float[] values = [.. new float[layout.Features], .. Enumerable.Range(0, layout.Target).Select(_ => random.NextSingle())];
                values[categoryOf(row)] = 1;
                return values;
            }),
        ];
        var options = TinyVae.Options with
        {
            InputColumnName = "Category",
            TargetColumnName = "Target",
            Training = TinyVae.Training with
            {
                ValidationFraction = fraction,
                // Of the rows held out of a streamed set a quarter of the limit is kept, and more is thinned out.
                MemoryLimit = streamed ? 3L * count * layout.Width : VaeTrainingOptions.DefaultMemoryLimit,
            },
        };
        return new TrainingRowsLoader(new ArraySource(rows, layout), options, seed: 1, CPU).Load();
    }
}
