using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.Vae.Data;
using MLNet.Vae.Interop;
using MLNet.Vae.Modules;
using MLNet.Vae.Scoring;
using MLNet.Vae.Training;

namespace MLNet.Vae;

/// <summary>From an <see cref="IDataView"/> to a <see cref="VaeModel"/>: what both estimators do.</summary>
internal sealed class VaeFit(IHostEnvironment env, VaeModelOptions options, int seed)
{
    private const int NamedFeatures = 5;

    /// <param name="input">The rows to train on.</param>
    /// <param name="finish">Given the model and the rows held out, <c>[rows, features]</c> row-major in the user's units; returns what the model should say of itself.</param>
    public VaeModel Run(IDataView input, Func<VaeModel, float[], VaeModelInfo>? finish = null)
    {
        using var channel = env.Start("Training");
        var log = new TrainingLog(channel);
        var column = ColumnChecks.Features(input.Schema, options.Columns.Features);
        var device = TorchRuntime.Prepare(options.Training, MLNetInternals.GpuDeviceId(env), MLNetInternals.FallbackToCpu(env), log);
        using var rows = new TrainingRowsLoader(Source(input, column), options, seed, device).Load();
        Describe(rows, column, log);

        var trained = new VaeTrainer(options, seed, rows, log).Train();
        log.Info(Invariant($"Trained {trained.History.Epochs.Count} epochs in {trained.History.Elapsed.TotalSeconds:F1} s ({trained.History.StopReason}); the model has the weights of epoch {trained.History.BestEpoch}."));
        var model = VaeModel.Create(trained.Network, new()
        {
            FeatureCount = rows.FeatureCount,
            LatentDimension = options.Latent.EmbeddingLength,
            Architecture = options.Architecture.Describe(),
            Likelihood = options.Likelihood.Describe(),
            Normalization = options.ResolvedNormalization switch
            {
                VaeNormalization.Standardize => "standardize",
                VaeNormalization.MinMax => "min-max",
                _ => "none",
            },
            DecoderSigma = trained.Sigma,
            FeatureNames = OutputColumns.SlotNamesOf(column, rows.FeatureCount),
            ScoreKind = options.ScoreKind,
            Columns = options.Columns,
            Training = trained.History,
        });
        return finish is null ? model : model.With(finish(model, rows.HeldOut.ToArray()));
    }

    private DataViewSource Source(IDataView input, DataViewSchema.Column column)
    {
        var unitInterval = options.Likelihood is BernoulliLikelihood && options.ResolvedNormalization == VaeNormalization.None;
        return new(input, column, unitInterval, options.Training.CancellationToken);
    }

    private static void Describe(TrainingRows rows, DataViewSchema.Column column, TrainingLog log)
    {
        log.Info(Invariant($"Column '{column.Name}': {rows.FeatureCount} features, {rows.Count} rows to train on, {rows.HeldOut.size(0)} held out, {(rows is StreamedRows ? "streamed once per epoch" : "in memory")}, device {rows.Device}."));
        var constant = rows.Statistics.ConstantFeatures().ToList();
        if (constant.Count == 0)
            return;
        var names = OutputColumns.SlotNamesOf(column, rows.FeatureCount);
        var first = string.Join(", ", constant.Take(NamedFeatures).Select(slot => names is null ? Invariant($"{slot}") : $"'{names[slot]}'"));
        log.Warn(Invariant($"Column '{column.Name}': {constant.Count} of {rows.FeatureCount} features have one value in all rows and teach nothing; another value later is only centred, not scaled: {first}{(constant.Count > NamedFeatures ? ", …" : "")}."));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
