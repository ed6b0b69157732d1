using MLNet.Vae.Generation;
using MLNet.Vae.Interop;
using MLNet.Vae.Latents;
using MLNet.Vae.Messages;
using MLNet.Vae.Noise;
using MLNet.Vae.Runtime;
using MLNet.Vae.Saving;

namespace MLNet.Vae;

/// <summary>
/// Makes rows with a trained model: samples, variations, reconstructions, interpolations, traversals, grids and analogies. Runs the
/// exported model alone, with ONNX Runtime.
/// </summary>
/// <remarks>
/// <para>
/// Rows are in the units of the features, codes are points of the latent space, both float32. L is
/// <see cref="VaeModelInfo.LatentDimension"/>, D
/// <see cref="VaeModelInfo.FeatureCount"/>; where a model has a target, D of what is generated is <see cref="VaeModelInfo.TargetCount"/>.
/// A conditional model needs the condition in each call, any other model none.
/// </para>
/// <para>
/// Random numbers come from the seed and the number of the sample alone: sample i is the same whether ten or a thousand are drawn, on
/// every machine. Rows agree up to the last bits, in which ONNX Runtime's kernels for other numbers of rows may differ.
/// </para>
/// <para>
/// "In units of the prior" means u = (z − mean) / σ, with mean and σ of the prior: z itself where the prior is N(0, I); for a learned prior
/// those of the condition, for a hierarchical one level by level from the level above, for a mixture those of the whole mixture. So a
/// change of an upper level takes the levels below with it.
/// </para>
/// <para>Thread-safe. Dispose it to release the native sessions.</para>
/// </remarks>
public sealed class VaeGenerator : IDisposable
{
    /// <summary>Farthest value of <see cref="Traverse"/> when none is given, in units of the prior.</summary>
    internal const double DefaultRange = 3;

    /// <summary>Rows of <see cref="Traverse"/> when no number is given.</summary>
    internal const int DefaultSteps = 9;

    private const string BetweenCodes = "between the entries of the codebook lies nothing that the decoder has seen";

    private const string NothingBetween = "a latent dimension of it has no values in between";

    private readonly ScoringHost _host;
    private readonly ScoringContext _context;
    private readonly GeneratorArguments _arguments;
    private readonly ModelRuns _runs;
    private readonly LatentPrior? _prior;

    internal VaeGenerator(ScoringHost host, VaeModel model, VaeScoringOptions options)
    {
        _host = host;
        Model = model;
        if (!model.IsComplete)
            throw _host.Process(new InvalidOperationException(GenerationMessages.NeedsDecoder()));
        string[] faults = [.. options.Faults()];
        if (faults.Length > 0)
            throw _host.Process(new ArgumentException(ScoringMessages.Faults("The model cannot generate like this", faults)));
        _context = new ScoringContext(_host, model, options, typeof(VaeGenerator));
        _arguments = new GeneratorArguments(_host, model);
        _runs = new ModelRuns(_context, model.Info);
        _prior = _context.Prior;
    }

    /// <summary>The trained model.</summary>
    public VaeModel Model { get; }

    /// <summary>What its runs share.</summary>
    internal ScoringContext Scoring => _context;

    internal GeneratorArguments Arguments => _arguments;

    /// <summary>A generator over a model.</summary>
    /// <param name="model">A complete model: not one loaded from encoder.onnx.</param>
    /// <param name="options">How it runs; <see langword="null"/>: the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="InvalidOperationException">The model has no decoder.</exception>
    public static VaeGenerator From(VaeModel model, VaeScoringOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(ScoringHost.Silent, model, options ?? new());
    }

    /// <summary>A generator over a model that was saved with <c>mlContext.Model.Save</c> or exported with <c>ExportOnnx</c>.</summary>
    /// <param name="path">A model.zip or scorer.onnx; its content tells which.</param>
    /// <param name="options">How it runs; <see langword="null"/>: the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or foreign, or holds no or several variational autoencoders.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="InvalidOperationException">The model has no decoder.</exception>
    public static VaeGenerator From(string path, VaeScoringOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return From(SavedFile.Read(path), options);
    }

    /// <summary>The codes of rows: posterior means; of a vector-quantised model the entries of the codebook, side by side.</summary>
    /// <param name="rows">Features, <c>[n][D]</c>.</param>
    /// <param name="condition">Of all rows; see <see cref="VaeConditionValue"/>.</param>
    /// <returns><c>[n][L]</c>.</returns>
    /// <exception cref="ArgumentException">
    /// A row has another width or is not finite; the condition is missing, unknown or superfluous.
    /// </exception>
    public float[][] Encode(IReadOnlyList<float[]> rows, VaeConditionValue? condition = null)
    {
        _arguments.Features(nameof(rows), rows);
        return _runs.Encode(rows, _arguments.Conditions(nameof(condition), condition, rows.Count));
    }

    /// <summary>The keys of rows: which entries of the codebook stand for each, of a vector-quantised model.</summary>
    /// <param name="rows">Features, <c>[n][D]</c>.</param>
    /// <param name="condition">Of all rows.</param>
    /// <returns>
    /// <c>[n][<see cref="VaeModelInfo.CodeCount"/>]</c>, from 1 to <see cref="VaeModelInfo.CodebookSize"/>: those of the column of codes.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// A row has another width or is not finite; the condition is missing, unknown or superfluous.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model has no codes.</exception>
    public uint[][] EncodeKeys(IReadOnlyList<float[]> rows, VaeConditionValue? condition = null)
    {
        _arguments.HasKeys();
        _arguments.Features(nameof(rows), rows);
        var codes = _runs.EncodeCodes(rows, _arguments.Conditions(nameof(condition), condition, rows.Count));
        return Array.ConvertAll(codes, row => Array.ConvertAll(row, number => (uint)number + 1));
    }

    /// <summary>Rows from keys of the codebook, of a vector-quantised model.</summary>
    /// <param name="keys">
    /// <c>[n][<see cref="VaeModelInfo.CodeCount"/>]</c>, from 1 to <see cref="VaeModelInfo.CodebookSize"/>: as <see cref="EncodeKeys"/> and
    /// the column of codes have them.
    /// </param>
    /// <param name="condition">Of all rows.</param>
    /// <param name="draw">The mean of p(x | z), or a draw.</param>
    /// <param name="seed">Of the draws; unused for the mean.</param>
    /// <exception cref="ArgumentException">
    /// A row has another number of keys, or one that is missing or beyond the codebook; the condition is missing, unknown or superfluous.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The model has no codes; or draws were asked of a model that an earlier version saved, without the graph for them.
    /// </exception>
    public VaeSamples DecodeKeys(
        IReadOnlyList<uint[]> keys, VaeConditionValue? condition = null, VaeDraw draw = VaeDraw.Mean, int seed = 0)
    {
        var codes = _arguments.Keys(nameof(keys), keys);
        _arguments.Draw(nameof(draw), draw);
        return Decoded(Entries(codes), _arguments.Conditions(nameof(condition), condition, keys.Count), draw, seed);
    }

    /// <summary>Rows from codes.</summary>
    /// <param name="codes">Points of the latent space, <c>[n][L]</c>.</param>
    /// <param name="condition">Of all rows.</param>
    /// <param name="draw">The mean of p(x | z), or a draw.</param>
    /// <param name="seed">Of the draws; unused for the mean.</param>
    /// <exception cref="ArgumentException">
    /// A code has another width or is not finite; the condition is missing, unknown or superfluous.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// Draws were asked of a model that an earlier version saved, without the graph for them.
    /// </exception>
    public VaeSamples Decode(IReadOnlyList<float[]> codes, VaeConditionValue? condition = null, VaeDraw draw = VaeDraw.Mean, int seed = 0)
    {
        _arguments.Codes(nameof(codes), codes);
        _arguments.Draw(nameof(draw), draw);
        return Decoded(
            [.. codes.Select(code => (float[])code.Clone())],
            _arguments.Conditions(nameof(condition), condition, codes.Count),
            draw,
            seed
        );
    }

    /// <summary>What the model makes of rows: the mean of p(x | z) at the posterior mean.</summary>
    /// <param name="rows">Features, <c>[n][D]</c>.</param>
    /// <param name="condition">Of all rows.</param>
    /// <exception cref="ArgumentException">
    /// A row has another width or is not finite; the condition is missing, unknown or superfluous.
    /// </exception>
    public VaeSamples Reconstruct(IReadOnlyList<float[]> rows, VaeConditionValue? condition = null)
    {
        _arguments.Features(nameof(rows), rows);
        var conditions = _arguments.Conditions(nameof(condition), condition, rows.Count);
        return Decoded(_runs.Encode(rows, conditions), conditions);
    }

    /// <summary>Rows from the prior: z ~ p(z), then the decoder.</summary>
    /// <remarks>
    /// The prior is N(0, I), or N(mean(c), σ(c)²) where it was learned from the condition; of a mixture a component by its weight, then its
    /// normal distribution; of a hierarchical model from the top level down; of a vector-quantised one code after code from the prior
    /// that was fitted after training (van den Oord, Vinyals and Kavukcuoglu 2017, section 3.2) or, where there is none
    /// (<see cref="VaeModelInfo.CodePrior"/>), every entry as likely, which knows nothing of which codes go together.
    /// </remarks>
    /// <param name="count">How many, from 1.</param>
    /// <param name="seed">Any number; the same seed gives the same samples.</param>
    /// <param name="condition">Of all samples: held while z varies.</param>
    /// <param name="draw">The mean of p(x | z), or a draw.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The condition is missing, unknown or superfluous.</exception>
    /// <exception cref="InvalidOperationException">
    /// A plain autoencoder has no prior; or the model was saved by an earlier version, without a graph that this needs.
    /// </exception>
    public VaeSamples Sample(int count, int seed, VaeConditionValue? condition = null, VaeDraw draw = VaeDraw.Mean)
    {
        _arguments.AtLeast(nameof(count), "The number of samples", 1, count);
        _arguments.Prior("Sampling");
        _arguments.Draw(nameof(draw), draw);
        var conditions = _arguments.Conditions(nameof(condition), condition, count);
        return Decoded(_prior!.Sample(count, new(seed), conditions), conditions, draw, seed);
    }

    /// <summary>
    /// Variations of a row: z = mean + scale·σ·ε, ε ~ N(0, I), mean and σ those of the posterior q(z | x), then the decoder's mean.
    /// </summary>
    /// <remarks>
    /// At scale 1 these are samples of the posterior; 0 gives the reconstruction. Each level of a hierarchical model varies with the levels
    /// above at their means. A plain autoencoder has no σ: there it is 1, and <paramref name="scale"/> the standard deviation in latent
    /// units.
    /// </remarks>
    /// <param name="row">Features, <c>[D]</c>.</param>
    /// <param name="scale">0 or above.</param>
    /// <param name="count">How many, from 1.</param>
    /// <param name="seed">Any number; the same seed gives the same samples.</param>
    /// <param name="condition">Of the row.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="count"/> is below 1, or <paramref name="scale"/> negative or not finite.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The row has another width or is not finite; the condition is missing, unknown or superfluous.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model has codes.</exception>
    public VaeSamples SampleNear(float[] row, double scale, int count, int seed, VaeConditionValue? condition = null)
    {
        _arguments.NoCodes("Sampling near a row", BetweenCodes);
        _arguments.Features(nameof(row), row);
        _arguments.Scale(nameof(scale), "The scale", scale, zeroAllowed: true);
        _arguments.AtLeast(nameof(count), "The number of samples", 1, count);
        var conditions = _arguments.Conditions(nameof(condition), condition, count);
        var (mean, sigma) = Posterior(row, conditions?[..1]);
        var codes = new GenerationNoise(seed).Latent(count, mean.Length);
        foreach (var code in codes)
        {
            for (var i = 0; i < code.Length; i++)
                code[i] = (float)(mean[i] + (scale * sigma[i] * code[i]));
        }
        return Decoded(codes, conditions);
    }

    /// <summary>From one row to another: the codes between theirs, decoded.</summary>
    /// <param name="from">Features of the row to start from, <c>[D]</c>.</param>
    /// <param name="to">Features of the row to arrive at.</param>
    /// <param name="steps">Codes on the way, both ends included, from 2.</param>
    /// <param name="path">The way; of a plain autoencoder, which has no prior, always the straight line.</param>
    /// <param name="condition">Of both rows and all between.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="steps"/> is below 2, or <paramref name="path"/> is none of the ways.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// A row has another width or is not finite; the condition is missing, unknown or superfluous.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model has codes.</exception>
    public VaeSamples Interpolate(
        float[] from, float[] to, int steps, VaeInterpolation path = VaeInterpolation.Spherical, VaeConditionValue? condition = null)
    {
        _arguments.NoCodes("Interpolation", BetweenCodes);
        _arguments.Features(nameof(from), from);
        _arguments.Features(nameof(to), to);
        var ends = _runs.Encode([from, to], _arguments.Conditions(nameof(condition), condition, 2));
        return InterpolateCodes(ends[0], ends[1], steps, path, condition);
    }

    /// <summary>From one code to another: those between them, decoded.</summary>
    /// <param name="from">The code to start from, <c>[L]</c>.</param>
    /// <param name="to">The code to arrive at.</param>
    /// <param name="steps">Codes on the way, both ends included, from 2.</param>
    /// <param name="path">The way; of a plain autoencoder, which has no prior, always the straight line.</param>
    /// <param name="condition">Of all rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="steps"/> is below 2, or <paramref name="path"/> is none of the ways.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// A code has another width or is not finite; the condition is missing, unknown or superfluous.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model has codes.</exception>
    public VaeSamples InterpolateCodes(
        float[] from, float[] to, int steps, VaeInterpolation path = VaeInterpolation.Spherical, VaeConditionValue? condition = null)
    {
        _arguments.NoCodes("Interpolation", BetweenCodes);
        _arguments.Code(nameof(from), from);
        _arguments.Code(nameof(to), to);
        _arguments.AtLeast(nameof(steps), "The number of steps", 2, steps);
        _arguments.Choice(nameof(path), path);
        var conditions = _arguments.Conditions(nameof(condition), condition, steps);
        if (path == VaeInterpolation.Linear || _prior is null)
            return Decoded(CodePath.Linear(from, to, steps), conditions);

        _arguments.Prior("Spherical interpolation");
        var ends = _prior.ToUnits([from, to], conditions?[..2]);
        var codes = _prior.FromUnits(CodePath.Spherical(ends[0], ends[1], steps), conditions);
        // There and back costs the last digits.
        (codes[0], codes[^1]) = ([.. from], [.. to]);
        return Decoded(codes, conditions);
    }

    /// <summary>
    /// What one latent dimension does: the row's code with that dimension at values from −range to range in equal steps, all others held,
    /// decoded.
    /// </summary>
    /// <remarks>In units of the prior. A plain autoencoder has none: there the values are added to the row's own, in latent
    /// units.</remarks>
    /// <param name="row">Features, <c>[D]</c>.</param>
    /// <param name="dimension">From 0 to L − 1.</param>
    /// <param name="range">Farthest value, above 0.</param>
    /// <param name="steps">Rows, both ends included, from 2.</param>
    /// <param name="condition">Of all rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="dimension"/>, <paramref name="range"/> or <paramref name="steps"/> is out of range.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The row has another width or is not finite; the condition is missing, unknown or superfluous.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model has codes.</exception>
    public VaeSamples Traverse(
        float[] row,
        int dimension,
        double range = DefaultRange,
        int steps = DefaultSteps,
        VaeConditionValue? condition = null
    )
    {
        _arguments.NoCodes("Traversal", BetweenCodes);
        _arguments.Features(nameof(row), row);
        _arguments.Dimension(nameof(dimension), dimension);
        _arguments.Scale(nameof(range), "The range", range, zeroAllowed: false);
        _arguments.AtLeast(nameof(steps), "The number of steps", 2, steps);
        var conditions = _arguments.Conditions(nameof(condition), condition, steps);
        var code = _runs.Encode([row], conditions?[..1]);
        if (_prior is not null)
            _arguments.Prior("Traversal");
        var units = _prior?.ToUnits(code, conditions?[..1])[0] ?? code[0];
        var centre = _prior is null ? units[dimension] : 0;
        var line = CodePath.Along(units, dimension, centre - range, centre + range, steps);
        return Decoded(_prior?.FromUnits(line, conditions) ?? line, conditions);
    }

    /// <summary>
    /// The manifold that a model has learned: a grid of codes that are as far apart as the prior is likely, decoded (Kingma and Welling
    /// 2014, figure 4). Column i of n has its dimension at Φ⁻¹((i + ½) / n), lines likewise; all other dimensions are 0.
    /// </summary>
    /// <remarks>In units of the prior.</remarks>
    /// <param name="width">Columns, from 1.</param>
    /// <param name="height">Lines, from 1.</param>
    /// <param name="horizontal">The latent dimension that grows from left to right.</param>
    /// <param name="vertical">The latent dimension that grows from the top down.</param>
    /// <param name="condition">Of all rows.</param>
    /// <returns>Line after line, <paramref name="width"/>·<paramref name="height"/> rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="ArgumentException">The two dimensions are the same; the condition is missing, unknown or superfluous.</exception>
    /// <exception cref="InvalidOperationException">The model has codes, or no prior.</exception>
    public VaeSamples Manifold(int width, int height, int horizontal = 0, int vertical = 1, VaeConditionValue? condition = null)
    {
        _arguments.NoCodes("A grid", NothingBetween);
        _arguments.Prior("A grid");
        _arguments.AtLeast(nameof(width), "The width of the grid", 1, width);
        _arguments.AtLeast(nameof(height), "The height of the grid", 1, height);
        CheckPlane(horizontal, vertical);
        var conditions = _arguments.Conditions(nameof(condition), condition, checked(width * height));
        var units = CodePath.Grid(
            new float[Model.Info.LatentDimension],
            (horizontal, NormalQuantiles.Midpoints(width)),
            (vertical, NormalQuantiles.Midpoints(height))
        );
        return Decoded(_prior!.FromUnits(units, conditions), conditions);
    }

    /// <summary>
    /// The same over the codes of rows, for models without a prior, and to see where rows lie: in each of the two dimensions from the 1st
    /// to the 99th percentile of the codes in equal steps, all other dimensions at their means.
    /// </summary>
    /// <param name="rows">Features, <c>[n][D]</c>, at least one.</param>
    /// <param name="width">Columns, from 2.</param>
    /// <param name="height">Lines, from 2.</param>
    /// <param name="horizontal">The latent dimension that grows from left to right.</param>
    /// <param name="vertical">The latent dimension that grows from the top down.</param>
    /// <param name="condition">Of all rows.</param>
    /// <returns>Line after line, <paramref name="width"/>·<paramref name="height"/> rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="ArgumentException">
    /// There is no row, or one does not fit the model; the two dimensions are the same; the condition is missing, unknown or superfluous.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model has codes.</exception>
    public VaeSamples Manifold(
        IReadOnlyList<float[]> rows, int width, int height, int horizontal = 0, int vertical = 1, VaeConditionValue? condition = null)
    {
        _arguments.NoCodes("A grid", NothingBetween);
        _arguments.AtLeast(nameof(width), "The width of the grid", 2, width);
        _arguments.AtLeast(nameof(height), "The height of the grid", 2, height);
        CheckPlane(horizontal, vertical);
        var codes = Encode(rows, condition);
        _arguments.AtLeast(nameof(rows), "The number of rows", 1, codes.Length);
        float[] centre = [.. Enumerable.Range(0, Model.Info.LatentDimension).Select(l => codes.Average(code => code[l]))];
        var grid = CodePath.Grid(
            centre, (horizontal, CodePath.Range(codes, horizontal, width)), (vertical, CodePath.Range(codes, vertical, height)));
        return Decoded(grid, _arguments.Conditions(nameof(condition), condition, grid.Length));
    }

    /// <summary>
    /// The loadings of a linear model: what one unit of each latent dimension adds to a row, Decode(eᵢ) − Decode(0). Of probabilistic PCA
    /// they are eigenvectors times √(λᵢ − σ²), of pictures "eigen-pictures".
    /// </summary>
    /// <returns><c>[L][D]</c>, in the units of the features.</returns>
    /// <exception cref="InvalidOperationException">The model is not linear, has codes, or is conditional.</exception>
    public float[][] Loadings()
    {
        var info = Model.Info;
        var isGaussian = info.Likelihood.StartsWith("gaussian", StringComparison.Ordinal) && !info.Likelihood.Contains("unit interval");
        if (info.Architecture != "linear" || !isGaussian || info.Latent.HasCodes || info.ConditionCount > 0)
            throw _host.Process(new InvalidOperationException(GenerationMessages.NotLinear(info)));
        float[][] units = [.. Enumerable.Range(0, info.LatentDimension + 1).Select(_ => new float[info.LatentDimension])];
        for (var i = 0; i < info.LatentDimension; i++)
            units[i][i] = 1;
        var rows = _runs.Decode(units, conditions: null);
        return [.. rows[..^1].Select(row => row.Zip(rows[^1], (with, without) => with - without).ToArray())];
    }

    /// <summary>Analogies: the code of a row, decoded under other conditions.</summary>
    /// <remarks>The code is held; where the prior was learned from the condition it is held in units of the prior, and
    /// <see cref="VaeSamples.Latents"/> differ.</remarks>
    /// <param name="row">Features, <c>[D]</c>.</param>
    /// <param name="condition">Of the row.</param>
    /// <param name="conditions">What to decode under, one row each.</param>
    /// <exception cref="ArgumentException">
    /// The row has another width or is not finite; a condition is missing or unknown, or the model has none.
    /// </exception>
    public VaeSamples VaryCondition(float[] row, VaeConditionValue condition, IReadOnlyList<VaeConditionValue> conditions)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(conditions);
        _arguments.Features(nameof(row), row);
        var own = _arguments.Condition(nameof(condition), condition);
        if (conditions.Count == 0)
            throw _host.Process(new ArgumentException(GenerationMessages.NoConditions(), nameof(conditions)));
        float[][] others = [.. conditions.Select(other => _arguments.Condition(nameof(conditions), other)!)];
        var code = _runs.Encode([row], [own!]);
        if (!Model.Info.LearnedPrior)
            return Decoded([.. others.Select(_ => (float[])code[0].Clone())], others);

        _arguments.Prior("An analogy");
        var units = _prior!.ToUnits(code, [own!]);
        return Decoded(_prior.FromUnits([.. others.Select(_ => units[0])], others), others);
    }

    /// <summary>Releases the native sessions. Calling it again does nothing.</summary>
    public void Dispose() => _context.Dispose();

    /// <exception cref="ArgumentException">They are not two different latent dimensions.</exception>
    internal void CheckPlane(int horizontal, int vertical)
    {
        _arguments.Dimension(nameof(horizontal), horizontal);
        _arguments.Dimension(nameof(vertical), vertical);
        _arguments.OtherDimension(nameof(vertical), horizontal, vertical);
    }

    /// <summary>Posterior mean and log σ of rows, <c>[n][L]</c> each; log σ is <see langword="null"/> where the model has none.</summary>
    internal (float[][] Mean, float[][]? LogSigma) Posterior(IReadOnlyList<float[]> rows, VaeConditionValue? condition)
    {
        _arguments.Features(nameof(rows), rows);
        var conditions = _arguments.Conditions(nameof(condition), condition, rows.Count);
        return Model.Info.HasLogSigma ? _runs.Posterior(rows, conditions) : (_runs.Encode(rows, conditions), null);
    }

    /// <summary>What the model makes of rows that were checked, each with its condition.</summary>
    internal VaeSamples Reconstruct(IReadOnlyList<float[]> rows, float[][]? conditions) =>
        Decoded(_runs.Encode(rows, conditions), conditions);

    /// <summary>Points of the latent space from numbers of the codebook's entries.</summary>
    internal float[][] Entries(int[][] codes)
    {
        var codebook = Model.CodebookEntries();
        return Array.ConvertAll(codes, row => row.SelectMany(number => codebook[number]).ToArray());
    }

    /// <summary>Rows from codes that were checked, each with its condition.</summary>
    internal VaeSamples Decoded(IReadOnlyList<float[]> codes, float[][]? conditions, VaeDraw draw = VaeDraw.Mean, int seed = 0) =>
        new(
            Model.Info,
            codes,
            draw == VaeDraw.Mean ? _runs.Decode(codes, conditions) : _runs.Draw(codes, conditions, new GenerationNoise(seed).Output),
            conditions
        );

    private (float[] Mean, double[] Sigma) Posterior(float[] row, float[][]? condition)
    {
        if (!Model.Info.HasLogSigma)
        {
            var code = _runs.Encode([row], condition)[0];
            return (code, [.. code.Select(_ => 1.0)]);
        }
        var (mean, logSigma) = _runs.Posterior([row], condition);
        return (mean[0], [.. logSigma[0].Select(value => Math.Exp(value))]);
    }
}
