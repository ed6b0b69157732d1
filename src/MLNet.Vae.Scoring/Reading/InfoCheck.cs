using System.Globalization;
using MLNet.Vae.Columns;

namespace MLNet.Vae.Reading;

/// <summary>
/// Whether metadata describes a model that there can be: sizes within bounds, lists as long as what they are of, nothing null or unknown.
/// Whether the graphs are of these sizes is <see cref="GraphCheck"/>'s to say.
/// </summary>
internal static class InfoCheck
{
    /// <summary>More values than any row has: the largest picture that can be trained on.</summary>
    internal const int MostValues = 1 << 24;

    // As the options that they come from allow.
    private const int MostComponents = 1_000, MostEntries = 65_536;

    /// <exception cref="CheckException">The first thing that is wrong.</exception>
    public static void Run(VaeModelInfo info)
    {
        // In this order: each may rely on those before it.
        Func<VaeModelInfo, IEnumerable<string>>[] parts = [Sizes, Latent, Condition, Output, Columns, Training];
        if (parts.SelectMany(part => part(info)).FirstOrDefault() is { } fault)
            throw new CheckException($"its metadata says {fault}");
    }

    private static IEnumerable<string> Sizes(VaeModelInfo info)
    {
        if (!IsBetween(1, info.FeatureCount, MostValues))
            yield return Says("featureCount", info.FeatureCount);
        if (!IsBetween(1, info.LatentDimension, MostValues))
            yield return Says("latentDimension", info.LatentDimension);
        if (!IsBetween(0, info.ConditionCount, MostValues))
            yield return Says("conditionCount", info.ConditionCount);
        if (!IsBetween(0, info.TargetCount, MostValues))
            yield return Says("targetCount", info.TargetCount);
        if (!IsBetween(1, info.NoiseCount, MostValues))
            yield return Says("drawNoiseCount", info.NoiseCount);
        if (info.ImageShape is { } image && !IsPicture(image, info.FeatureCount, info.ReconstructionCount))
            yield return $"an imageShape of {image.Height} x {image.Width} x {image.Channels}, which is not that of its features";
    }

    private static IEnumerable<string> Latent(VaeModelInfo info)
    {
        if (!Enum.IsDefined(info.LatentKind))
        {
            yield return Says("latentKind", (int)info.LatentKind);
            yield break;
        }
        var latent = info.Latent;
        if (latent.HasComponents ? !IsBetween(1, info.ComponentCount, MostComponents) : info.ComponentCount != 0)
            yield return Says("componentCount", info.ComponentCount);
        var components = info.Components ?? [];
        if (components.Count != info.ComponentCount || !components.All(IsComponent)
            || latent.HasComponents && !(components.Sum(component => component.Weight) > 0))
        {
            yield return "components that are not those of its prior";
        }
        if (latent.HasCodes ? !IsBetween(1, info.CodeCount, info.LatentDimension) : info.CodeCount != 0)
            yield return Says("codeCount", info.CodeCount);
        if (latent.HasCodes && info.LatentDimension % info.CodeCount != 0)
            yield return Says("codeCount", info.CodeCount);
        if (latent.HasCodes ? !IsBetween(1, info.CodebookSize, MostEntries) : info.CodebookSize != 0)
            yield return Says("codebookSize", info.CodebookSize);
        var levels = info.LevelDimensions;
        if (latent.HasLevels
                ? levels.Any(level => level < 1) || levels.Sum(level => (long)level) != info.LatentDimension
                : levels.Count > 0)
        {
            yield return "levelDimensions that are not those of its levels";
        }

        bool IsComponent(VaeMixtureComponent component) =>
            component is { Weight: >= 0 and < double.PositiveInfinity } && IsFinite(component.Mean) && IsFinite(component.LogSigma);
        bool IsFinite(IReadOnlyList<float> values) => values.Count == info.LatentDimension && values.All(float.IsFinite);
    }

    private static IEnumerable<string> Condition(VaeModelInfo info)
    {
        if (info.FeatureKind is not (VaeInputKind.Vector or VaeInputKind.OneHot or VaeInputKind.Key))
            yield return Says("featureKind", (int)info.FeatureKind);
        if (info.ConditionKind is { } kind && !Enum.IsDefined(kind))
            yield return Says("conditionKind", (int)kind);
        if (info.ConditionKind is null != (info.ConditionCount == 0))
            yield return $"{Says("conditionCount", info.ConditionCount)} and a conditionKind that does not go with it";
        if (info.ConditionKind is VaeInputKind.Boolean or VaeInputKind.Scalar && info.ConditionCount != 1)
            yield return Says("conditionCount", info.ConditionCount);
        if (!IsNamed(info.ConditionNames, info.ConditionCount))
            yield return "conditionNames that are not those of its condition";
        if (info.LearnedPrior && info.ConditionCount == 0)
            yield return "a learnedPrior without a condition";
    }

    private static IEnumerable<string> Output(VaeModelInfo info)
    {
        if (!IsNamed(info.FeatureNames, info.FeatureCount))
            yield return "featureNames that are not those of its features";
        if (!IsNamed(info.TargetNames, info.TargetCount))
            yield return "targetNames that are not those of its target";
        if (info.DecoderSigma is { } shared && !IsSigma(shared))
            yield return Says("decoderSigma", shared);
        var sigmas = info.FeatureSigmas;
        if (!IsOfLength(sigmas, info.ReconstructionCount) || !(sigmas ?? []).All(sigma => sigma is null || IsSigma(sigma.Value)))
            yield return "featureSigmas that are not those of its features";
        if (!Enum.IsDefined(info.ScoreKind))
            yield return Says("scoreKind", (int)info.ScoreKind);
        if (info.Threshold is { } threshold && !double.IsFinite(threshold))
            yield return Says("threshold", threshold);
        if (info.Contamination is { } contamination && contamination is not (>= 0 and <= 1))
            yield return Says("contamination", contamination);
    }

    private static IEnumerable<string> Columns(VaeModelInfo info)
        => ColumnNames.Faults(info.Columns).Select(fault => $"columns that there cannot be ({fault})");

    private static IEnumerable<string> Training(VaeModelInfo info)
    {
        if (info.Training is not { } training)
            yield break;
        if (!Enum.IsDefined(training.StopReason))
            yield return Says("stopReason", (int)training.StopReason);
        if (training.Warnings.Any(warning => warning is null))
            yield return "a warning that is null";
        var restarts = training.Restarts;
        if (restarts.Any(restart => restart is null) || restarts.Count(restart => restart.IsChosen) != Math.Min(1, restarts.Count))
            yield return "restarts of which not one was chosen";
        if (!training.Epochs.All(IsEpoch))
            yield return "epochs that are not those of such a model";
        if (training.Epochs.Count > 0 && !training.Epochs.Any(epoch => epoch.Epoch == training.BestEpoch))
            yield return $"{Says("bestEpoch", training.BestEpoch)}, which is none of its epochs";

        bool IsEpoch(VaeEpoch? epoch) => epoch is not null && epoch.Epoch >= 0
            && IsBetween(0, epoch.ActiveUnits, info.LatentDimension)
            && epoch.KlPerDimension.Count is var kl && (kl == 0 || kl == info.LatentDimension)
            && IsOfLength(epoch.KlPerLevel, info.LevelDimensions.Count)
            && (epoch.ReconstructionPerPart ?? []).All(part => part is { Name: not null });
    }

    private static bool IsPicture(ImageShape shape, params int[] counts) =>
        shape is { Height: >= 1, Width: >= 1, Channels: >= 1 } && Enum.IsDefined(shape.Layout)
        && counts.Any(count => (Int128)shape.Height * shape.Width * shape.Channels == count);

    private static bool IsBetween(int least, int found, int most) => found >= least && found <= most;

    private static bool IsSigma(double sigma) => double.IsFinite(sigma) && sigma >= 0;

    private static bool IsNamed(IReadOnlyList<string>? names, int count) =>
        IsOfLength(names, count) && (names ?? []).All(name => name is not null);

    private static bool IsOfLength<T>(IReadOnlyList<T>? list, int count) => list is null || list.Count == count;

    private static string Says(string member, IFormattable found) => $"{member} {found.ToString(null, CultureInfo.InvariantCulture)}";
}
