using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.Vae.Architectures;
using MLNet.Vae.Calibration;
using MLNet.Vae.CodePriors;
using MLNet.Vae.Columns;
using MLNet.Vae.Comparison;
using MLNet.Vae.Data;
using MLNet.Vae.Graphs;
using MLNet.Vae.Groups;
using MLNet.Vae.Interop;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.NativeLibraries;
using MLNet.Vae.Onnx;
using MLNet.Vae.References;
using MLNet.Vae.Training;
using static System.FormattableString;

namespace MLNet.Vae;

/// <summary>
/// From an <see cref="IDataView"/> to a <see cref="VaeTransformer"/>: what both estimators do. Errors are marked as ML.NET marks its own.
/// </summary>
internal sealed class VaeFit
{
    private readonly IHost _host;
    private readonly VaeModelOptions _options;
    private readonly TrainingGroup _group;
    private readonly int _seed;
    private readonly bool _seedIsDrawn;

    /// <param name="env">The environment of the <c>MLContext</c>.</param>
    /// <param name="name">The estimator's, for the log.</param>
    /// <param name="options">The model and its training.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public VaeFit(IHostEnvironment env, string name, VaeModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _host = env.Register(name);
        Marked(() => options.Checked());
        var training = options.Training with { EnvironmentIsCancelled = MLNetInternals.IsCanceled(_host) };
        _options = options with { Training = training };
        _group = TrainingGroup.Of(training.Group);
        // Drawn once: fits of one estimator are repeatable.
        _seed = options.Training.Seed ?? _host.Rand.Next();
        _seedIsDrawn = options.Training.Seed is null && MLNetInternals.Seed(_host) is null;
    }

    /// <param name="input">The rows to train on.</param>
    /// <param name="contamination">The share of normal rows to lie above a threshold; <see langword="null"/>: there is to be none.</param>
    public VaeTransformer Fit(IDataView input, double? contamination = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Marked(() => new VaeTransformer(_host, OrAllEnd(
            () => Train(input, contamination), fault => fault is InvalidOperationException or ArgumentException), _options.Scoring));
    }

    /// <summary>One fit for each of the latent dimensions; none given: 1, 2, 4 and so on.</summary>
    /// <exception cref="ArgumentException">The options allow no comparison, or a dimension is out of range.</exception>
    public VaeDimensionReport Compare(IDataView input, IReadOnlyList<int> dimensions)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(dimensions);
        if (!_group.IsAlone)
        {
            throw _host.Process(new InvalidOperationException(
                "Latent dimensions are not compared by a group: leave VaeTrainingOptions.Group null."));
        }
        return Marked(() =>
        {
            DimensionComparison.Check(_options, dimensions);
            using var channel = _host.Start("Training");
            var log = new TrainingLog(channel);
            var inputs = TrainingInputs.Of(input.Schema, _options);
            using var kept = KeptFit.Open(_options, _group, _seed, _seedIsDrawn);
            using var rows = Load(Source(input, inputs), inputs, kept.Seed, log);
            var comparison = new DimensionComparison(kept.Enter(rows, log), kept.Seed, rows, channel);
            var report = Converged(rows, inputs, () => comparison.Run(dimensions));
            if (comparison.IsComplete)
                kept.End(log);
            return report;
        });
    }

    /// <summary>What the transformer will deliver for such an input.</summary>
    public SchemaShape Shape(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return Marked(() => OutputColumns.Shape(
            inputSchema, _options.Columns, _options.Target, _options.Label, _options.Likelihood.TakesKeys, _options.KnownAnomalies,
            _options.Likelihood.SequenceLength));
    }

    /// <summary>A rank of a group that fails by itself ends the others too, which would wait for it.</summary>
    /// <param name="work">Of this rank, with the others.</param>
    /// <param name="isOfAll">Whether a fault comes on all ranks at once, as one that is cancelled does.</param>
    private T OrAllEnd<T>(Func<T> work, Func<Exception, bool> isOfAll)
    {
        try
        {
            return work();
        }
        catch (Exception fault) when (!_group.IsAlone && fault is not OperationCanceledException && !isOfAll(fault))
        {
            _group.Abort(fault);
            throw;
        }
    }

    private VaeModel Train(IDataView input, double? contamination)
    {
        using var channel = _host.Start("Training");
        // Of a group one says it for all.
        var log = new TrainingLog(_group.Rank == 0 ? channel : null);
        TrainingInputs inputs = null!;
        DataViewSource source = null!;
        GroupAgreement.Check(_group, _options);
        if (_options.Label is { } label)
            input = MergedLabels.View(_host, _group, input, label);
        _group.Together("before it read its rows", () =>
        {
            inputs = TrainingInputs.Of(input.Schema, _options);
            source = Source(input, inputs);
            TorchLibrary.Require();
            // Scoring and saving need it: that it cannot be used must not come out once the model is trained.
            OnnxRuntimeLibrary.Require(new MLNetHost(_host));
        });
        GroupAgreement.Check(_group, inputs);
        using var kept = KeptFit.Open(_options, _group, _seed, _seedIsDrawn);
        using var rows = Load(source, inputs, kept.Seed, log);

        var anomalies = AnomaliesOfAll(source.KnownAnomalies, rows.Layout.Width);
        if (inputs.KnownAnomaly is { } known)
            RowReport.WriteKnownAnomalies(log, known, anomalies.Count);
        var references = RowReferences.Of(_host, _options);
        var compared = references.Drawn(rows, kept.Seed);
        var trained = Converged(rows, inputs, () => OrAllEnd(
            () => new Restarts(kept.Enter(rows, log), kept.Seed, rows, log).Train(), fault => fault is DivergedException));
        log.Info(Invariant($"Trained {trained.History.Epochs[^1].Epoch} epochs in {trained.History.Elapsed.TotalSeconds:F1} s ")
            + Invariant($"({trained.History.StopReason}); the model has the weights of epoch {trained.History.BestEpoch}")
            + (trained.History.FinalValidationElbo is { } bound
                ? Invariant($", held out {bound:F3} ± {trained.History.FinalValidationStandardError:F3}.")
                : "."));
        var info = new VaeModelInfo
        {
            FeatureCount = rows.Layout.Features,
            FeatureKind = inputs.Target is not null && inputs.Features.Kind == VaeInputKind.Vector && source.FeaturesAreOneHot
                ? VaeInputKind.OneHot
                : inputs.Features.Kind,
            FeatureItemType = inputs.Features.ItemType,
            MissingValues = _options.MissingValues,
            FeatureNames = inputs.Features.Names(),
            TokenCount = inputs.Features.Tokens,
            TokenNames = inputs.Features.TokenNames(),
            TargetCount = rows.Layout.Target,
            TargetNames = inputs.Target?.Names(),
            ConditionCount = rows.Layout.Given,
            ConditionKind = inputs.Condition?.Kind,
            ConditionItemType = inputs.Condition?.ItemType,
            ConditionNames = inputs.Condition?.Names(),
            LearnedPrior = _options.Condition is { LearnedPrior: true },
            LatentDimension = trained.Network.LatentDimension,
            ClassCount = trained.Network.Latent.ClassCount,
            ClassNames = inputs.Label?.Names(),
            LatentKind = _options.Latent.Kind,
            ImageShape = _options.Architecture.Image,
            ComponentCount = trained.Network.Latent.Components?.Count ?? 0,
            Components = trained.Network.Latent.Components,
            CodeCount = trained.Network.Latent.CodeCount,
            LevelDimensions = trained.Network.Latent.LevelDimensions,
            CodebookSize = trained.Network.Latent.CodebookSize,
            CodeMapHeight = trained.Network.Latent.CodeMap?.Height ?? 0,
            CodeMapWidth = trained.Network.Latent.CodeMap?.Width ?? 0,
            Architecture = _options.Architecture.Describe(),
            Likelihood = _options.Likelihood.Describe(),
            Normalization = _options.DescribeNormalization(rows.Layout),
            // A row is never scored against a target.
            Support = inputs.Target is not null ? null
                : inputs.Features is { Tokens: > 0 } tokens ? [new SequenceSupport(0, tokens.Width, tokens.Tokens)]
                : source.Supports,
            DecoderSigma = trained.Sigma,
            FeatureSigmas = trained.FeatureSigmas,
            DegreesOfFreedom = (trained.Network.Distribution as StudentTOutput)?.DegreesOfFreedom,
            Dispersions = (trained.Network.Distribution as NegativeBinomialOutput)?.LogDispersion.Select(Math.Exp).ToList(),
            ScoreKind = _options.Score,
            Columns = _options.Columns,
            Training = trained.History,
        };
        // Times differ, and what was warned of: one tells.
        if (!_group.IsAlone)
            info = InfoJson.Read(_group.OfFirst(InfoJson.Write(info)));
        var model = references.Model(UnseenIgnored(trained.Network), info, () => compared, anomalies);
        if (trained.History.StopReason != VaeStopReason.Cancelled)
        {
            model = WithCodePrior(model, rows, kept.Seed, log);
            kept.End(log);
        }
        if (contamination is { } share)
        {
            var scores = new CrossFit(_host, _options, kept.Seed, rows, log) { KnownAnomalies = anomalies }.Scores(model, share);
            // As where each rank of a group has one row.
            if (scores.Length == 0)
                throw DataErrors.NoneHeldOut("a threshold is set", rows.CountOfAll);
            model = model.With(DetectorCalibration.Of(model.Info, scores, share, log));
        }
        return OfFirst(model);
    }

    private IReadOnlyList<float[]> AnomaliesOfAll(IReadOnlyList<float[]> own, int width)
    {
        if (_group.IsAlone)
            return own;
        var all = _group.Each<float>([.. own.SelectMany(row => row)]).Chunk(width).ToArray();
        new Random(all.Length).Shuffle(all);
        return all;
    }

    /// <summary>Rank 0's: processors of several kinds may round otherwise what each rank has worked out for itself.</summary>
    private VaeModel OfFirst(VaeModel model)
    {
        if (_group.IsAlone)
            return model;
        using var bytes = new MemoryStream(_group.Gather(_group.Rank == 0 ? model.ToOnnx(VaeGraph.Scorer) : [])[0]);
        return VaeModel.Load(bytes);
    }

    /// <summary>
    /// The encoder reads nothing of features that training had not, whose weights are as they were drawn: a row with one of them is encoded
    /// by what else there is of it.
    /// </summary>
    private TrainedVae UnseenIgnored(TrainedVae network)
    {
        if (_options.UnusedFeatures.Count == 0 || network.Encoder.Count == 0 || network.Encoder[0] is not DenseLayer first)
            return network;
        var weight = first.Weight.ToArray();
        for (var output = 0; output < first.Outputs; output++)
        {
            foreach (var feature in _options.UnusedFeatures)
                weight[(output * first.Inputs) + feature] = 0;
        }
        return network with { Encoder = [first with { Weight = weight }, .. network.Encoder.Skip(1)] };
    }

    /// <summary>The model with a prior over its codes, where it has codes and is to have one.</summary>
    private VaeModel WithCodePrior(VaeModel model, TrainingRows rows, int seed, TrainingLog log)
    {
        if (_options.Latent.CodePrior is not { } options)
            return model;
        try
        {
            using var trainedOn = CodeRows.TrainedOn(_host, model, rows, _options);
            using var heldOut = CodeRows.HeldOut(_host, model, rows, _options);
            var (network, info) = new CodePriorFit(options, _options.Training, seed, log).Run(model, trainedOn, heldOut);
            return model.With(network, model.Info with { CodePrior = info });
        }
        catch (OperationCanceledException) when (_options.Training.OnCancellation == VaeCancellationBehavior.ReturnBest)
        {
            log.Warn("Training was cancelled before the prior over codes was fitted: every code of a sample is as likely.");
            return model;
        }
    }

    private TrainingRows Load(DataViewSource source, TrainingInputs inputs, int seed, TrainingLog log)
    {
        ShapeChecks.Fit(inputs.Features, _options.Architecture.Row);
        ShapeChecks.Fit(inputs.Reconstructed, _options.Architecture.Row);
        var training = _options.Training;
        var device = TorchRuntime.Prepare(GpuChoice.Of(new MLNetHost(_host), training.GpuDeviceId, training.FallbackToCpu), log);
        TrainingRows rows = inputs.AreLinks
            ? new LinkRowsLoader(source, _options, seed, device).Load()
            : new TrainingRowsLoader(source, _options, seed, device, isHashed: training.CheckpointFolder is not null).Load();
        if (inputs.Label is { } label && !_group.Any(source.HasLabels))
            throw DataErrors.NoLabels(label.Name, rows.Statistics.Rows);
        RowReport.Write(log, rows, inputs, training.ValidationFraction, _options.UnusedFeatures);
        if (_options.Normalization == VaeNormalization.StandardizeShared
            && SharedRange.Of(rows.Statistics, rows.Layout.Width, slot => _options.NormalizationOf(slot, rows.Layout), rows.FarColumns)
                is { } shared)
        {
            RowReport.WriteShared(log, shared);
        }
        return rows;
    }

    /// <exception cref="InvalidOperationException">Training gave no weights; the message says what may be to blame.</exception>
    private T Converged<T>(TrainingRows rows, TrainingInputs inputs, Func<T> train)
    {
        try
        {
            return train();
        }
        catch (DivergedException diverged)
        {
            throw new InvalidOperationException($"{diverged.Message}. {DivergenceAdvice.Of(rows, inputs, _options)}", diverged);
        }
    }

    private DataViewSource Source(IDataView input, TrainingInputs inputs)
    {
        var (likelihood, slots) = (_options.Likelihood, inputs.Reconstructed.Width);
        if (likelihood is MixedLikelihood { Parts: var parts } && parts.Sum(part => (long)part.Count) != slots)
            throw DataErrors.PartsMisfit(inputs.Reconstructed, [.. parts.Select(part => (part.Name, part.Start, part.Count))]);
        return new(input, inputs, [.. likelihood.Checks(0, slots, part: null, _options.Normalization)], _options.Training.ThrowIfCancelled,
            _options.Latent.LabelledShareOfRows);
    }

    private T Marked<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or OperationCanceledException)
        {
            _host.Process(fault);
            throw;
        }
    }
}
