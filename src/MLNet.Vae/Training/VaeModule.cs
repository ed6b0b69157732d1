using MLNet.Vae.Architectures;
using MLNet.Vae.Data;
using MLNet.Vae.Graphs;
using MLNet.Vae.Initialization;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;
using MLNet.Vae.Objectives;
using static TorchSharp.torch;

namespace MLNet.Vae.Training;

/// <summary>Encoder, latent variable, decoder and likelihood (Kingma and Welling 2014). All tensors are normalised.</summary>
internal sealed class VaeModule
{
    private readonly Network _encoder;
    private readonly Network _decoder;
    private readonly RowLayout _layout;
    private readonly int _negatives;

    // Of a model of links, whose decoder's last layer is not multiplied out in training.
    private SampledSoftmax? _links;

    public VaeModule(RowLayout layout, VaeModelOptions options, ParameterVector parameters, Generator random)
    {
        (_layout, _negatives) = (layout, options.Likelihood.NegativesOfStep);
        ActiveVariance = options.Latent.Descriptor.ActiveVariance;
        var architecture = options.Architecture;
        var maps = options.Latent.MapChannels is { } channels ? architecture.Maps! with { Channels = channels } : null;
        _encoder = maps is null
            ? architecture.Encoder(layout, parameters, random)
            : architecture.MapEncoder(maps.Channels, layout.Given, parameters, random);
        // What tells the class and what the class leaves open are best seen by a network each.
        if (options.Latent.NeedsLabels)
            _encoder = new SideBySide(_encoder, architecture.Encoder(layout, parameters, random));
        Latent = options.Latent.Create(
            new(_encoder.Outputs, layout.Given, architecture, options.Condition is { LearnedPrior: true })
            {
                Maps = maps,
                SharesPosteriorSigma = architecture.SharesPosteriorSigma && layout.Mask is null,
                Classes = layout.ConditionIsLabel ? layout.Condition : 0,
            },
            parameters,
            random);
        Likelihood = options.Likelihood.Create(layout, parameters, random);
        _decoder = maps is null
            ? architecture.Decoder(Latent.DecodedLength, layout.Given, Likelihood.ParameterCount, parameters, random)
            : architecture.MapDecoder(maps.Channels, layout.Given, Likelihood.ParameterCount, parameters, random);
        parameters.Build();
        MultiplyAddsPerRow = parameters.MultiplyAddsPerRow;
    }

    /// <summary>Of the way forward, with one sample.</summary>
    public long MultiplyAddsPerRow { get; }

    public LatentVariable Latent { get; }

    /// <summary>A dimension whose mean varies by more than this, over rows, is active.</summary>
    public double ActiveVariance { get; }

    public OutputLikelihood Likelihood { get; }

    /// <summary>The model taken apart, where it is nothing but dense layers; otherwise <see langword="null"/>.</summary>
    /// <param name="isComplete">Whether no value is missing in any row: of rows with holes no gradient is written out.</param>
    public DenseModel? Dense(bool isComplete)
        => !_layout.AreLinks && (_layout.Mask is null || isComplete)
            && _encoder is Mlp { PlainLayers: { } encoder, Activation: { } activation } && _decoder is Mlp { PlainLayers: { } decoder }
            && Latent is GaussianVariable { PlainLayer: { } head } && Likelihood.HasWrittenGradient
            ? new([.. encoder, head], decoder, activation, Likelihood)
            : null;

    /// <summary>Set while training: draws what dropout keeps, and the links that stand for all.</summary>
    public Generator? Dropout
    {
        get;
        set => field = Likelihood.Dropout = value;
    }

    /// <summary>q(z | x, c): <c>[rows, features]</c> → a code of each row.</summary>
    public LatentInference Encode(Tensor x, Tensor? condition, Tensor noise, int samples = 1, bool densities = false)
        => Latent.Infer(_encoder.Forward(x, Given(condition), Dropout), condition, noise, samples, densities);

    /// <summary><c>[rows, latent]</c> → the likelihood's parameters, <c>[rows, parameters]</c>.</summary>
    public Tensor Decode(Tensor z, Tensor? condition) => _decoder.Forward(Latent.Decoded(z), Given(condition), Dropout);

    /// <summary>The terms of the bound, from K samples of each row.</summary>
    /// <param name="batch">Normalised rows.</param>
    /// <param name="noise">Standard normal, <c>[samples·rows, noise]</c>.</param>
    /// <param name="samples">K.</param>
    /// <param name="densities">Whether <see cref="BoundTerms.LogRatio"/> is wanted.</param>
    public BoundTerms Terms(TrainingBatch batch, Tensor noise, int samples = 1, bool densities = false)
    {
        var code = Encode(batch.Input, batch.Condition, noise, samples, densities);
        samples *= Latent.Branches;
        var parts = _links is null
            ? PartLogDensities(batch, samples, Decode(code.Sample, batch.Condition?.PerSample(samples)))
            : [_links.LogDensity((Mlp)_decoder, Latent.Decoded(code.Sample), batch.Target.repeat(samples), Dropout)];
        if (code.Weights is { } weights)
            parts = [.. parts.Select(part => part * weights)];
        var reconstruction = -parts.Aggregate((sum, part) => sum.Plus(part));
        return new(reconstruction, code.Kl, code.Mean, code.LogRatio, code.Penalty, samples, code.Usage, parts);
    }

    /// <summary>Of the values that are there, <c>[samples·rows]</c> each.</summary>
    private IReadOnlyList<Tensor> PartLogDensities(TrainingBatch batch, int samples, Tensor output)
    {
        var target = batch.Target.PerSample(samples);
        return batch.Observed is { } observed
            ? Likelihood.ObservedPartLogDensities(target, output, observed.PerSample(samples))
            : Likelihood.PartLogDensities(target, output);
    }

    /// <summary>What encoder and decoder are conditioned on: not on a label, which the latent variable alone is told.</summary>
    private Tensor? Given(Tensor? condition) => _layout.ConditionIsLabel ? null : condition;

    /// <summary>Starts where the rows are, for a likelihood whose outputs have no scale of their own.</summary>
    public void Start(ColumnStatistics statistics, FeatureScaling scaling)
    {
        if (_decoder.OutputBias is not { } output)
            return;
        var first = _layout.Target == 0 ? 0 : _layout.Features;
        double[] means =
        [
            .. Enumerable
                .Range(first, _layout.Reconstructed)
                .Select(slot => (statistics.Mean(slot) - scaling.Offset[slot]) / scaling.Scale[slot]),
        ];
        var bias = output.ToArray();
        if (_layout.AreLinks)
        {
            _links = new(means, _negatives);
            _links.Start(bias);
        }
        else
        {
            Likelihood.Start(bias, means, statistics.Rows);
        }
        output.Set(bias);
    }

    /// <summary>Takes over a closed form.</summary>
    public void Set(LinearSolution solution)
    {
        Latent.Set(solution);
        _decoder.Set(solution.Decoder);
        Likelihood.SetSigma(solution.Sigma);
    }

    /// <param name="scaling">Of whole rows, as <see cref="RowLayout"/> lays them out.</param>
    /// <param name="input">How the encoder reads the features; <see langword="null"/>: as <paramref name="scaling"/> says.</param>
    public TrainedVae Export(FeatureScaling scaling, InputScaling? input = null) => new()
    {
        Scaling = input is null ? scaling.Slice(0, _layout.Features) : input.Scaling with { TakesLogarithm = input.Log1p },
        LikelihoodScaling = input is null ? null : scaling.Slice(0, _layout.Features),
        TargetScaling = _layout.Target == 0 ? null : scaling.Slice(_layout.Features, _layout.Target),
        Mask = _layout.Mask,
        ConditionScaling = _layout.Given == 0 ? null : scaling.Slice(_layout.Features + _layout.Target, _layout.Condition),
        Encoder = [.. _encoder.Export()],
        Latent = Latent.Export(),
        Decoder = [.. _decoder.Export()],
        Distribution = Likelihood.Export(),
    };
}
