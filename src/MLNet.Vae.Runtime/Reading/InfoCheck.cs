using System.Globalization;
using MLNet.Vae.Columns;
using MLNet.Vae.Likelihoods;

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
    private const int MostComponents = 1_000, MostEntries = 65_536, MostUnits = 4_096, MostSteps = 512;

    /// <summary>What values of features may be but for Single.</summary>
    internal static readonly string[] ItemTypeNames =
        ["Double", "SByte", "Byte", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64", "Boolean"];

    /// <exception cref="CheckException">The first thing that is wrong.</exception>
    public static void Run(VaeModelInfo info)
    {
        // In this order: each may rely on those before it.
        var found = Sizes(info) ?? Latent(info) ?? Condition(info) ?? Output(info) ?? Series(info) ?? TableCheck.Fault(info)
            ?? Columns(info) ?? Training(info);
        if (found is { } fault)
            throw new CheckException($"its metadata says {fault}");
    }

    private static string? Sizes(VaeModelInfo info)
    {
        if (!IsBetween(1, info.FeatureCount, MostValues))
            return Says("featureCount", info.FeatureCount);
        if (!IsBetween(1, info.LatentDimension, MostValues))
            return Says("latentDimension", info.LatentDimension);
        if (!IsBetween(0, info.ConditionCount, MostValues))
            return Says("conditionCount", info.ConditionCount);
        if (!IsBetween(0, info.TargetCount, MostValues))
            return Says("targetCount", info.TargetCount);
        if (!IsBetween(1, info.NoiseCount, MostValues))
            return Says("drawNoiseCount", info.NoiseCount);
        if (info.ImageShape is { } image && !IsPicture(image, info.FeatureCount, info.ReconstructionCount))
            return $"an imageShape of {image.Height} x {image.Width} x {image.Channels}, which is not that of its features";
        return null;
    }

    private static string? Latent(VaeModelInfo info)
    {
        if (!Enum.IsDefined(info.LatentKind))
            return Says("latentKind", (int)info.LatentKind);
        var latent = info.Latent;
        if (latent.HasComponents ? !IsBetween(1, info.ComponentCount, MostComponents) : info.ComponentCount != 0)
            return Says("componentCount", info.ComponentCount);
        var components = info.Components ?? [];
        if (components.Count != info.ComponentCount || !components.All(IsComponent)
            || latent.HasComponents && !(components.Sum(component => component.Weight) > 0))
        {
            return "components that are not those of its prior";
        }
        if (latent.HasCodes ? !IsBetween(1, info.CodeCount, info.LatentDimension) : info.CodeCount != 0)
            return Says("codeCount", info.CodeCount);
        if (latent.HasCodes && info.LatentDimension % info.CodeCount != 0)
            return Says("codeCount", info.CodeCount);
        if (latent.HasCodes ? !IsBetween(1, info.CodebookSize, MostEntries) : info.CodebookSize != 0)
            return Says("codebookSize", info.CodebookSize);
        if (latent.HasClasses ? !IsBetween(1, info.ClassCount, info.LatentDimension - 1) : info.ClassCount != 0)
            return Says("classCount", info.ClassCount);
        if (!IsNamed(info.ClassNames, info.ClassCount))
            return "classNames that are not those of its classes";
        if (info.CodeMapHeight < 0 || info.CodeMapWidth < 0 || (long)info.CodeMapHeight * info.CodeMapWidth is not 0 and var places
            && places != info.CodeCount || info.CodeMapHeight == 0 != (info.CodeMapWidth == 0))
        {
            return $"{Says("codeMapHeight", info.CodeMapHeight)} and {Says("codeMapWidth", info.CodeMapWidth)}, which are not its codes'";
        }
        if (info.CodePrior is { } prior && !(latent.HasCodes && IsCodePrior(prior)))
            return "a codePrior that there cannot be";
        var levels = info.LevelDimensions;
        if (latent.HasLevels
                ? levels.Any(level => level < 1) || levels.Sum(level => (long)level) != info.LatentDimension
                : levels.Count > 0)
        {
            return "levelDimensions that are not those of its levels";
        }
        return null;

        static bool IsCodePrior(VaeCodePriorInfo prior) =>
            IsBetween(1, prior.Units, MostUnits) && IsBetween(0, prior.BestEpoch, prior.Epochs);
        bool IsComponent(VaeMixtureComponent component) =>
            component is { Weight: >= 0 and < double.PositiveInfinity } && IsFinite(component.Mean) && IsFinite(component.LogSigma);
        bool IsFinite(IReadOnlyList<float> values) => values.Count == info.LatentDimension && values.All(float.IsFinite);
    }

    private static string? Condition(VaeModelInfo info)
    {
        if (!Enum.IsDefined(info.FeatureKind))
            return Says("featureKind", (int)info.FeatureKind);
        if (info.FeatureKind is VaeInputKind.Boolean or VaeInputKind.Scalar && info.FeatureCount != 1)
            return Says("featureCount", info.FeatureCount);
        if (!IsItemType(info.FeatureItemType, info.FeatureKind))
            return "a featureItemType that is none of its features";
        if (!IsItemType(info.ConditionItemType, info.ConditionKind))
            return "a conditionItemType that is none of its condition";
        var isSequence = info.FeatureKind == VaeInputKind.Sequence;
        if (isSequence && !IsBetween(1, info.FeatureCount, MostSteps))
            return Says("featureCount", info.FeatureCount);
        if (isSequence ? !IsBetween(1, info.TokenCount, SequenceSupport.MaximumTokens) : info.TokenCount != 0)
            return Says("tokenCount", info.TokenCount);
        if (info.MissingValues is not (VaeMissingValues.Refuse or VaeMissingValues.Observed)
            || info.MissingValues == VaeMissingValues.Observed
            && (info.FeatureKind is not (VaeInputKind.Vector or VaeInputKind.Scalar) || info.TargetCount > 0 || info.Series is not null
                || info.ScoreKind == VaeScoreKind.NeighborDistance))
        {
            return Says("missingValues", (int)info.MissingValues);
        }
        if (!IsNamed(info.TokenNames, info.TokenCount))
            return "tokenNames that are not those of its tokens";
        if (info.ConditionKind is { } kind && (!Enum.IsDefined(kind) || kind == VaeInputKind.Sequence))
            return Says("conditionKind", (int)kind);
        if (info.ConditionKind is null != (info.ConditionCount == 0))
            return $"{Says("conditionCount", info.ConditionCount)} and a conditionKind that does not go with it";
        if (info.ConditionKind is VaeInputKind.Boolean or VaeInputKind.Scalar && info.ConditionCount != 1)
            return Says("conditionCount", info.ConditionCount);
        if (!IsNamed(info.ConditionNames, info.ConditionCount))
            return "conditionNames that are not those of its condition";
        if (info.LearnedPrior && info.ConditionCount == 0)
            return "a learnedPrior without a condition";
        return null;
    }

    private static bool IsItemType(string? type, VaeInputKind? kind) => type is null
        || ItemTypeNames.Contains(type) && kind is VaeInputKind.Vector or VaeInputKind.OneHot or VaeInputKind.Scalar;

    private static string? Series(VaeModelInfo info)
    {
        if (info.Series is not { } series)
            return null;
        if (series.Columns is not { Count: > 0 } || series.Columns.Any(string.IsNullOrWhiteSpace))
            return "a series without columns";
        var channels = series.Channels;
        if (!IsBetween(2, series.Steps, VaeSeriesInfo.MaximumSteps) || channels is not { Count: > 0 }
            || (long)series.Steps * channels.Count != info.FeatureCount)
        {
            return "a series whose windows are not its features";
        }
        if (!channels.All(IsChannel) || series.ModelScore is { } score && !IsLevel(score))
        {
            return "a level of a series that there cannot be";
        }
        if (!(series.Threshold >= 0 && double.IsFinite(series.Threshold)))
            return Says("threshold of its series", series.Threshold);
        if (series.MaximumGapSeconds is { } gap && !(gap > 0 && gap < TimeSpan.MaxValue.TotalSeconds))
            return Says("maximumGapSeconds", gap);
        if (info.TargetCount > 0 || info.ConditionCount > 0)
            return "a series with a target or a condition";
        return null;
    }

    private static bool IsChannel(VaeSeriesChannel channel)
        => channel is { Name: not null, EffectiveReadings: >= 0 } && IsLevel(channel.Window) && IsLevel(channel.Newest);

    private static bool IsLevel(VaeSeriesLevel? level) => level is { Deviation: > 0, DegreesOfFreedom: >= 1 }
        && double.IsFinite(level.Mean) && double.IsFinite(level.Deviation) && double.IsFinite(level.DegreesOfFreedom);

    private static string? Output(VaeModelInfo info)
    {
        if (!IsNamed(info.FeatureNames, info.FeatureCount))
            return "featureNames that are not those of its features";
        if (!IsNamed(info.TargetNames, info.TargetCount))
            return "targetNames that are not those of its target";
        if (info.DecoderSigma is { } shared && !IsSigma(shared))
            return Says("decoderSigma", shared);
        var sigmas = info.FeatureSigmas;
        if (sigmas is not null && (sigmas.Count != info.ReconstructionCount || !sigmas.All(sigma => sigma is null || IsSigma(sigma.Value))))
            return "featureSigmas that are not those of its features";
        if (!Enum.IsDefined(info.ScoreKind))
            return Says("scoreKind", (int)info.ScoreKind);
        if (info.ReferenceRowCount < 0 || info.ReferenceRowCount > 0 && info.ScoreKind != VaeScoreKind.NeighborDistance)
            return Says("referenceRowCount", info.ReferenceRowCount);
        if (info.KnownAnomalyCount < 0 || info.KnownAnomalyCount > 0 && info.ReferenceRowCount == 0)
            return Says("knownAnomalyCount", info.KnownAnomalyCount);
        if (info.Threshold is double.NaN)
            return Says("threshold", double.NaN);
        if (info.Contamination is { } contamination && contamination is not (>= 0 and <= 1))
            return Says("contamination", contamination);
        if (info.Calibration is { } calibration && !calibration.IsWhole)
            return "a calibration whose scores are not those of its rows";
        if (info.Support?.All(IsSupport) == false)
            return "a support of features that it has not";
        return null;

        bool IsSupport(FeatureSupport? support) => support is { Start: >= 0, Count: >= 1 }
            && (long)support.Start + support.Count <= info.FeatureCount;
    }

    private static string? Columns(VaeModelInfo info)
        => ColumnNames.Faults(info.Columns) is [var fault, ..] ? $"columns that there cannot be ({fault})" : null;

    private static string? Training(VaeModelInfo info)
    {
        if (info.Training is not { } training)
            return null;
        if (!Enum.IsDefined(training.StopReason))
            return Says("stopReason", (int)training.StopReason);
        if ((training.FinalValidationElbo is null) != (training.FinalValidationStandardError is null))
            return "a finalValidationElbo without its standard error, or the other way round";
        if (training.FinalValidationStandardError < 0)
            return Says("finalValidationStandardError", training.FinalValidationStandardError.Value);
        if (training.Warnings.Any(warning => warning is null))
            return "a warning that is null";
        var restarts = training.Restarts;
        if (restarts.Any(restart => restart is null) || restarts.Count(restart => restart.IsChosen) != Math.Min(1, restarts.Count))
            return "restarts of which not one was chosen";
        if (!training.Epochs.All(IsEpoch))
            return "epochs that are not those of such a model";
        if (training.Epochs.Count > 0 && !training.Epochs.Any(epoch => epoch.Epoch == training.BestEpoch))
            return $"{Says("bestEpoch", training.BestEpoch)}, which is none of its epochs";
        return null;

        bool IsEpoch(VaeEpoch? epoch) => epoch is not null && epoch.Epoch >= 0
            && IsBetween(0, epoch.ActiveUnits, info.LatentDimension)
            && (epoch.KlPerDimension.Count == info.LatentDimension || epoch.KlPerDimension.Count == 0 && !info.Latent.HasKl)
            && IsOfLength(epoch.KlPerLevel, info.LevelDimensions.Count)
            && (epoch.ReconstructionPerPart?.All(part => part is { Name: not null }) ?? true);
    }

    private static bool IsPicture(ImageShape shape, params int[] counts) =>
        shape is { Height: >= 1, Width: >= 1, Channels: >= 1 } && Enum.IsDefined(shape.Layout)
        && counts.Any(count => (Int128)shape.Height * shape.Width * shape.Channels == count);

    private static bool IsBetween(int least, int found, int most) => found >= least && found <= most;

    private static bool IsSigma(double sigma) => double.IsFinite(sigma) && sigma >= 0;

    private static bool IsNamed(IReadOnlyList<string>? names, int count) =>
        IsOfLength(names, count) && (names?.All(name => name is not null) ?? true);

    private static bool IsOfLength<T>(IReadOnlyList<T>? list, int count) => list is null || list.Count == count;

    private static string Says(string member, IFormattable found) => $"{member} {found.ToString(null, CultureInfo.InvariantCulture)}";
}
