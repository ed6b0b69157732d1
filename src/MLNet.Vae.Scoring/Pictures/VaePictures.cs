using Microsoft.ML;

namespace MLNet.Vae;

/// <summary>
/// Pictures of what a model of pictures does. Safe for use by several threads at once, as long as the generator is not disposed.
/// </summary>
public sealed class VaePictures
{
    /// <summary>Images of a line when no number is given.</summary>
    internal const int DefaultColumns = 10;

    private readonly VaeGenerator _generator;
    private readonly double _minimum;
    private readonly double _maximum;
    private readonly int _scale;

    private VaePictures(VaeGenerator generator, ImageShape shape, double minimum, double maximum, int scale)
    {
        _generator = generator;
        Shape = shape;
        (_minimum, _maximum, _scale) = (minimum, maximum, scale);
    }

    /// <summary>How the values of a row make a picture.</summary>
    public ImageShape Shape { get; }

    /// <summary>Pictures of a generator's model.</summary>
    /// <param name="generator">Stays the caller's to dispose.</param>
    /// <param name="shape">
    /// How a row makes a picture, 1 channel or 3; <see langword="null"/>: as the model says (<see cref="VaeModelInfo.ImageShape"/>).
    /// </param>
    /// <param name="minimum">The value that is black, in the units of the features.</param>
    /// <param name="maximum">The value that is white, or full of its colour.</param>
    /// <param name="scale">Pixels of the picture for one of an image, along each side, from 1.</param>
    /// <exception cref="InvalidOperationException">The model does not say how its rows make pictures, and no shape was given.</exception>
    /// <exception cref="ArgumentException">The shape is that of other rows or has other channels; the range is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The scale is below 1.</exception>
    public static VaePictures Of(VaeGenerator generator, ImageShape? shape = null, double minimum = 0, double maximum = 1, int scale = 1)
    {
        ArgumentNullException.ThrowIfNull(generator);
        var info = generator.Model.Info;
        var found = shape ?? info.ImageShape ?? throw new InvalidOperationException(PictureMessages.NoShape(info.ReconstructionCount));
        VaePicture.Check(found);
        VaePicture.CheckRange(minimum, maximum);
        VaePicture.AtLeast(nameof(scale), "The scale", 1, scale);
        return (long)found.Height * found.Width * found.Channels == info.ReconstructionCount
            ? new(generator, found, minimum, maximum, scale)
            : throw new ArgumentException(PictureMessages.OtherShape(found, info.ReconstructionCount), nameof(shape));
    }

    /// <summary>Samples of the prior; see <see cref="VaeGenerator.Sample"/>.</summary>
    /// <param name="count">How many, from 1.</param>
    /// <param name="seed">The same seed gives the same picture.</param>
    /// <param name="condition">Of all samples.</param>
    /// <param name="draw">The mean of p(x | z), or a draw.</param>
    /// <param name="columns">Images of a line, from 1.</param>
    public VaePicture Samples(
        int count, int seed, VaeConditionValue? condition = null, VaeDraw draw = VaeDraw.Mean, int columns = DefaultColumns)
        => Grid([.. _generator.Sample(count, seed, condition, draw).Rows], columns);

    /// <summary>
    /// Styles: a line for each condition, a column for each sample, whose random numbers are the same under every condition.
    /// </summary>
    /// <param name="conditions">From the top down, at least one.</param>
    /// <param name="count">Samples of a line, from 1.</param>
    /// <param name="seed">The same seed gives the same picture.</param>
    public VaePicture Styles(IReadOnlyList<VaeConditionValue> conditions, int count, int seed)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        return Grid([.. conditions.SelectMany(condition => _generator.Sample(count, seed, condition).Rows)], count);
    }

    /// <summary>Rows, and below each what the model makes of it.</summary>
    /// <param name="rows">Features, <c>[n][D]</c>, at least one.</param>
    /// <param name="condition">Of all rows.</param>
    /// <param name="columns">Images of a line, from 1.</param>
    public VaePicture Reconstructions(IReadOnlyList<float[]> rows, VaeConditionValue? condition = null, int columns = DefaultColumns)
    {
        CheckFeatures();
        return Stacked(columns, rows, _generator.Reconstruct(rows, condition).Rows);
    }

    /// <summary>The first rows of data, and below each what the model makes of it.</summary>
    /// <param name="data">Rows with the features column, and that of the condition where the model has one.</param>
    /// <param name="count">How many, from 1; fewer where there are fewer.</param>
    /// <param name="columns">Images of a line, from 1.</param>
    public VaePicture Reconstructions(IDataView data, int count = DefaultColumns, int columns = DefaultColumns)
    {
        ArgumentNullException.ThrowIfNull(data);
        VaePicture.AtLeast(nameof(count), "The number of rows", 1, count);
        CheckFeatures();
        var (rows, conditions, _) = _generator.Inputs(data, count);
        return Stacked(columns, rows, _generator.Reconstruct(rows, conditions).Rows);
    }

    /// <summary>Noisy rows, below each what a denoising model makes of it and, where given, the clean row.</summary>
    /// <param name="noisy">Features, <c>[n][D]</c>, at least one.</param>
    /// <param name="clean">The same rows without the noise; <see langword="null"/>: not drawn.</param>
    /// <param name="condition">Of all rows.</param>
    /// <param name="columns">Images of a line, from 1.</param>
    public VaePicture Denoised(
        IReadOnlyList<float[]> noisy,
        IReadOnlyList<float[]>? clean = null,
        VaeConditionValue? condition = null,
        int columns = DefaultColumns
    )
    {
        CheckFeatures();
        var denoised = _generator.Reconstruct(noisy, condition).Rows;
        if (clean is not null && clean.Count != noisy.Count)
            throw new ArgumentException(PictureMessages.NotAsMany(noisy.Count, "clean rows", clean.Count), nameof(clean));
        return clean is null ? Stacked(columns, noisy, denoised) : Stacked(columns, noisy, denoised, clean);
    }

    /// <summary>
    /// A grid through two latent dimensions; see <see cref="VaeGenerator.Manifold(int, int, int, int, VaeConditionValue?)"/>.
    /// </summary>
    /// <param name="width">Columns, from 1.</param>
    /// <param name="height">Lines, from 1.</param>
    /// <param name="horizontal">The latent dimension that grows from left to right.</param>
    /// <param name="vertical">The latent dimension that grows from the top down.</param>
    /// <param name="condition">Of all images.</param>
    public VaePicture Manifold(int width, int height, int horizontal = 0, int vertical = 1, VaeConditionValue? condition = null)
        => Grid([.. _generator.Manifold(width, height, horizontal, vertical, condition).Rows], width, margin: 0);

    /// <summary>
    /// A grid over the codes of rows, of a plain autoencoder too; see
    /// <see cref="VaeGenerator.Manifold(IReadOnlyList{float[]}, int, int, int, int, VaeConditionValue?)"/>.
    /// </summary>
    /// <param name="rows">Features, <c>[n][D]</c>, at least one.</param>
    /// <param name="width">Columns, from 2.</param>
    /// <param name="height">Lines, from 2.</param>
    /// <param name="horizontal">The latent dimension that grows from left to right.</param>
    /// <param name="vertical">The latent dimension that grows from the top down.</param>
    /// <param name="condition">Of all images.</param>
    public VaePicture Manifold(
        IReadOnlyList<float[]> rows, int width, int height, int horizontal = 0, int vertical = 1, VaeConditionValue? condition = null)
        => Grid([.. _generator.Manifold(rows, width, height, horizontal, vertical, condition).Rows], width, margin: 0);

    /// <summary>
    /// The eigen-pictures of a linear model (Sirovich and Kirby 1987): what one unit of each latent dimension adds to a picture, least to
    /// largest value from black to white, each scaled by itself, so that 0 is grey; see <see cref="VaeGenerator.Loadings"/>.
    /// </summary>
    /// <param name="columns">Images of a line, from 1.</param>
    /// <exception cref="InvalidOperationException">The model is not linear, or conditional.</exception>
    public VaePicture EigenPictures(int columns = DefaultColumns)
    {
        float[] Scaled(float[] loading) => loading.Max(Math.Abs) is var most and > 0 ? Array.ConvertAll(loading, v => v / most) : loading;
        return VaePicture.Compose(Shape, [.. _generator.Loadings().Select(Scaled)], columns, -1, 1, _scale);
    }

    /// <summary>
    /// The codes of rows in a plane, each in the colour of its class: posterior means in two latent dimensions; see
    /// <see cref="VaePlot.Scatter"/>.
    /// </summary>
    /// <param name="rows">Features, <c>[n][D]</c>, at least one.</param>
    /// <param name="labels">The class of each row; <see langword="null"/>: all are of one.</param>
    /// <param name="horizontal">The latent dimension that grows from left to right.</param>
    /// <param name="vertical">The latent dimension that grows from the bottom up.</param>
    /// <param name="condition">Of all rows.</param>
    /// <param name="width">Pixels of a line, from 80.</param>
    /// <param name="height">Lines, from 80.</param>
    /// <exception cref="ArgumentException">There is no row, one does not fit the model, or labels are not as many.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public VaePicture Scatter(
        IReadOnlyList<float[]> rows,
        IReadOnlyList<string>? labels = null,
        int horizontal = 0,
        int vertical = 1,
        VaeConditionValue? condition = null,
        int width = VaePlot.DefaultWidth,
        int height = VaePlot.DefaultHeight
    )
    {
        _generator.CheckPlane(horizontal, vertical);
        var codes = _generator.Encode(rows, condition);
        return VaePlot.Scatter([.. codes.Select(code => ((double)code[horizontal], (double)code[vertical]))], labels, width, height);
    }

    /// <summary>A line for each latent dimension: what it does to a row; see <see cref="VaeGenerator.Traverse"/>.</summary>
    /// <param name="row">Features, <c>[D]</c>.</param>
    /// <param name="dimensions">Which, from the top down; <see langword="null"/>: all.</param>
    /// <param name="range">Farthest value, above 0.</param>
    /// <param name="steps">Images of a line, from 2.</param>
    /// <param name="condition">Of all images.</param>
    public VaePicture Traversals(
        float[] row, IReadOnlyList<int>? dimensions = null,
        double range = VaeGenerator.DefaultRange, int steps = VaeGenerator.DefaultSteps, VaeConditionValue? condition = null)
    {
        var lines = dimensions ?? [.. Enumerable.Range(0, _generator.Model.Info.LatentDimension)];
        return Grid([.. lines.SelectMany(dimension => _generator.Traverse(row, dimension, range, steps, condition).Rows)], steps);
    }

    /// <summary>
    /// Analogies: a line for each row, the row itself and then its code under each condition; see <see cref="VaeGenerator.VaryCondition"/>.
    /// </summary>
    /// <param name="rows">Features, <c>[n][D]</c>, at least one.</param>
    /// <param name="rowConditions">Of each row, n of them.</param>
    /// <param name="conditions">What to decode under, from left to right.</param>
    public VaePicture Analogies(
        IReadOnlyList<float[]> rows, IReadOnlyList<VaeConditionValue> rowConditions, IReadOnlyList<VaeConditionValue> conditions)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(rowConditions);
        ArgumentNullException.ThrowIfNull(conditions);
        CheckFeatures();
        if (rowConditions.Count != rows.Count)
        {
            throw new ArgumentException(
                PictureMessages.NotAsMany(rows.Count, "conditions of rows", rowConditions.Count),
                nameof(rowConditions)
            );
        }
        var lines = rows.Select((row, i) => (float[]?[])[row, .. _generator.VaryCondition(row, rowConditions[i], conditions).Rows]);
        return Grid([.. lines.SelectMany(line => line)], conditions.Count + 1);
    }

    /// <summary>A strip from one row to another; see <see cref="VaeGenerator.Interpolate"/>.</summary>
    /// <param name="from">Features of the row to start from, <c>[D]</c>.</param>
    /// <param name="to">Features of the row to arrive at.</param>
    /// <param name="steps">Images, both ends included, from 2.</param>
    /// <param name="path">The way.</param>
    /// <param name="condition">Of all images.</param>
    public VaePicture Interpolation(
        float[] from, float[] to, int steps, VaeInterpolation path = VaeInterpolation.Spherical, VaeConditionValue? condition = null)
        => Grid([.. _generator.Interpolate(from, to, steps, path, condition).Rows], steps);

    private VaePicture Grid(IReadOnlyList<float[]?> images, int columns, int margin = VaePicture.DefaultMargin)
        => VaePicture.Compose(Shape, images, columns, _minimum, _maximum, _scale, margin);

    /// <summary>Lines of each kind below one another, <paramref name="columns"/> rows at a time.</summary>
    private VaePicture Stacked(int columns, params IReadOnlyList<float[]>[] kinds)
    {
        VaePicture.AtLeast(nameof(columns), "The number of columns", 1, columns);
        columns = Math.Max(1, Math.Min(columns, kinds[0].Count));
        var images = new List<float[]?>();
        for (var start = 0; start < kinds[0].Count; start += columns)
        {
            foreach (var rows in kinds)
                images.AddRange(Enumerable.Range(start, columns).Select(i => i < rows.Count ? rows[i] : null));
        }
        return Grid(images, columns);
    }

    private void CheckFeatures()
    {
        var info = _generator.Model.Info;
        if (info.TargetCount > 0)
            throw new InvalidOperationException(PictureMessages.FeaturesAreNoPictures(info.FeatureCount, info.TargetCount));
    }
}
