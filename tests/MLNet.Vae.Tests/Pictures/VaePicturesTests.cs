using Microsoft.ML;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Generation;

namespace MLNet.Vae.Tests.Pictures;

/// <summary>Sheets: which image lies where. The models' rows are pictures of 2 × 2 pixels.</summary>
public sealed class VaePicturesTests : IDisposable
{
    private const double Black = -20, White = 40;

    private static readonly ImageShape Shape = new(2, 2, 1, PixelLayout.Planar);

    private readonly VaeGenerator _generator = VaeGenerator.From(GeneratorModels.Gaussian);
    private readonly VaeGenerator _conditional = VaeGenerator.From(GeneratorModels.Conditional());
    private readonly VaePictures _pictures;
    private readonly float[][] _rows = GeneratorModels.Rows(5);

    public VaePicturesTests() => _pictures = VaePictures.Of(_generator, Shape, Black, White);

    public void Dispose()
    {
        _generator.Dispose();
        _conditional.Dispose();
    }

    [Fact]
    public void Reconstructions_lie_below_the_originals()
    {
        var made = _generator.Reconstruct(_rows).Rows;

        AssertSheet(
            2,
            _pictures.Reconstructions(_rows, columns: 2),
            _rows[0],
            _rows[1],
            made[0],
            made[1],
            _rows[2],
            _rows[3],
            made[2],
            made[3],
            _rows[4],
            null,
            made[4],
            null
        );
        AssertSheet(5, _pictures.Reconstructions(_rows), [.. _rows, .. made]);
    }

    [Fact]
    public void Reconstructions_of_data_take_their_conditions_from_it()
    {
        var mlContext = new MLContext(seed: 1);
        var data = _conditional.Sample(3, 1, "blue").ToDataView(mlContext);
        var rows = _conditional.Sample(3, 1, "blue").Rows;
        var made = _conditional.Reconstruct(rows, "blue").Rows;

        AssertSheet(2, Conditional().Reconstructions(data, count: 2), rows[0], rows[1], made[0], made[1]);
    }

    [Fact]
    public void Denoised_rows_lie_between_the_noisy_and_the_clean()
    {
        var clean = GeneratorModels.Rows(2);
        var noisy = clean.Select(row => row.Select(v => v + 1).ToArray()).ToArray();
        var made = _generator.Reconstruct(noisy).Rows;

        AssertSheet(2, _pictures.Denoised(noisy, clean), [.. noisy, .. made, .. clean]);
        AssertSheet(2, _pictures.Denoised(noisy), [.. noisy, .. made]);
        Assert.Equal(
            "There are 2 rows and 1 clean rows: give one for each row. (Parameter 'clean')",
            Assert.Throws<ArgumentException>(() => _pictures.Denoised(noisy, [clean[0]])).Message);
    }

    [Fact]
    public void Other_sheets_show_what_the_generator_makes()
    {
        AssertSheet(4, _pictures.Samples(6, seed: 1, columns: 4), [.. _generator.Sample(6, 1).Rows]);
        AssertSheet(3, _pictures.Manifold(3, 2, 1, 2), margin: 0, [.. _generator.Manifold(3, 2, 1, 2).Rows]);
        AssertSheet(3, _pictures.Manifold(_rows, 3, 2, 1, 2), margin: 0, [.. _generator.Manifold(_rows, 3, 2, 1, 2).Rows]);
        AssertSheet(
            3,
            _pictures.Traversals(_rows[0], [2, 0], range: 2, steps: 3),
            [.. _generator.Traverse(_rows[0], 2, 2, 3).Rows, .. _generator.Traverse(_rows[0], 0, 2, 3).Rows]
        );
        Assert.Equal((3 * 4) - 2, _pictures.Traversals(_rows[0], steps: 3).Height);
        AssertSheet(4, _pictures.Interpolation(_rows[0], _rows[1], 4), [.. _generator.Interpolate(_rows[0], _rows[1], 4).Rows]);
    }

    [Fact]
    public void Eigen_pictures_are_loadings_with_0_in_grey()
    {
        var loadings = _generator.Loadings();
        var expected = VaePicture.Compose(
            Shape, [.. loadings.Select(row => row.Select(v => v / row.Max(Math.Abs)).ToArray())], columns: 2, -1, 1, scale: 1);
        Assert.Equal(expected.Pixels.ToArray(), _pictures.EigenPictures(columns: 2).Pixels.ToArray());
        Assert.All(loadings, row => Assert.Contains(row.Select(v => v / row.Max(Math.Abs)), v => Math.Abs(v) == 1));
    }

    [Fact]
    public void A_scatter_has_the_codes_of_the_rows()
    {
        string[] labels = ["a", "b", "a", "b", "a"];
        var codes = _generator.Encode(_rows);
        Assert.Equal(
            VaePlot.Scatter([.. codes.Select(code => ((double)code[2], (double)code[0]))], labels).ToPng(),
            _pictures.Scatter(_rows, labels, 2, 0).ToPng());
        Assert.StartsWith(
            "There is no latent dimension 3",
            Assert.Throws<ArgumentOutOfRangeException>(() => _pictures.Scatter(_rows, labels, 3)).Message);
    }

    [Fact]
    public void Analogies_and_styles_have_a_line_for_each_row_and_condition()
    {
        VaeConditionValue[] conditions = ["red", "blue"];
        var (first, second) = (
            _conditional.VaryCondition(_rows[0], "red", conditions).Rows,
            _conditional.VaryCondition(_rows[1], "green", conditions).Rows
        );

        AssertSheet(
            3,
            Conditional().Analogies(_rows[..2], ["red", "green"], conditions),
            _rows[0],
            first[0],
            first[1],
            _rows[1],
            second[0],
            second[1]
        );
        AssertSheet(
            3,
            Conditional().Styles(conditions, 3, seed: 1),
            [.. _conditional.Sample(3, 1, "red").Rows, .. _conditional.Sample(3, 1, "blue").Rows]
        );
        Assert.Equal(
            "There are 2 rows and 1 conditions of rows: give one for each row. (Parameter 'rowConditions')",
            Assert.Throws<ArgumentException>(() => Conditional().Analogies(_rows[..2], ["red"], conditions)).Message);
    }

    [Fact]
    public void The_shape_is_the_model_s_own_or_the_one_given()
    {
        var shaped = GeneratorModels.Gaussian.With(GeneratorModels.Gaussian.Info with { ImageShape = Shape });
        using var generator = VaeGenerator.From(shaped);

        Assert.Equal(Shape, VaePictures.Of(generator).Shape);
        Assert.Equal(new ImageShape(1, 4, 1, PixelLayout.Planar), VaePictures.Of(generator, new(1, 4, 1, PixelLayout.Planar)).Shape);
        Assert.Equal(3 * 2, VaePictures.Of(generator, scale: 3).Samples(1, 1).Width);
    }

    [Fact]
    public void Rows_that_are_no_pictures_are_refused()
    {
        Assert.Equal(
            "The model does not say how its rows make pictures: pass an ImageShape (height, width, channels and layout) of 4 values, as "
            + "many as a row has.",
            Assert.Throws<InvalidOperationException>(() => VaePictures.Of(_generator)).Message);
        Assert.Equal(
            "An ImageShape of 2 × 3 × 1 has 6 values; the model's rows have 4. Pass the shape of the training pictures. (Parameter "
            + "'shape')",
            Assert.Throws<ArgumentException>(() => VaePictures.Of(_generator, new(2, 3, 1, PixelLayout.Planar))).Message);
        using var target = VaeGenerator.From(GeneratorModels.WithTarget);
        var pictures = VaePictures.Of(target, new(1, 2, 1, PixelLayout.Planar));
        Assert.Equal(2, pictures.Samples(1, 1).Width);
        Assert.Equal(
            "The model reads rows of 4 values and generates pictures of 2: the two cannot lie side by side. Draw what it generates: "
            + "Samples, Manifold or Interpolation.",
            Assert.Throws<InvalidOperationException>(() => pictures.Reconstructions(_rows)).Message);
    }

    private VaePictures Conditional() => VaePictures.Of(_conditional, Shape, Black, White);

    private static void AssertSheet(int columns, VaePicture found, params float[]?[] images) =>
        AssertSheet(columns, found, VaePicture.DefaultMargin, images);

    private static void AssertSheet(int columns, VaePicture found, int margin, params float[]?[] images)
    {
        var expected = VaePicture.Compose(Shape, images, columns, Black, White, 1, margin);
        Assert.Equal((expected.Width, expected.Height), (found.Width, found.Height));
        // A value on the edge of two levels may fall to either side.
        Assert.All(
            expected.Pixels.ToArray().Zip(found.Pixels.ToArray()),
            pair => Assert.InRange(pair.Second, pair.First - 1, pair.First + 1)
        );
        Assert.True(expected.Pixels.ToArray().Distinct().Count() > 5);
    }
}
