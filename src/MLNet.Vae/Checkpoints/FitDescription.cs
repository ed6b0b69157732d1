using System.Collections;
using System.Globalization;
using System.Reflection;
using MLNet.Vae.Data;

namespace MLNet.Vae.Checkpoints;

/// <summary>All that the weights of a fit depend on, by name and as text: two fits that say the same go the same way.</summary>
internal static class FitDescription
{
    // Of the options of training, those that say where and how it runs and leave its course alone, and the seed, which may be drawn.
    private static readonly HashSet<string> LeftOut =
    [
        nameof(VaeModelOptions.Training.Threads),
        nameof(VaeModelOptions.Training.GpuDeviceId),
        nameof(VaeModelOptions.Training.FallbackToCpu),
        nameof(VaeModelOptions.Training.TimeLimit),
        nameof(VaeModelOptions.Training.Progress),
        nameof(VaeModelOptions.Training.CancellationToken),
        nameof(VaeModelOptions.Training.OnCancellation),
        nameof(VaeModelOptions.Training.CheckpointFolder),
        nameof(VaeModelOptions.Training.CheckpointEpochs),
        nameof(VaeModelOptions.Training.CheckpointInterval),
        nameof(VaeModelOptions.Training.Seed),
        nameof(VaeModelOptions.Training.Group),
    ];

    // A group may go on with another number of ranks, each of which then learns from more rows at a time, or from fewer.
    private static readonly HashSet<string> LeftOutOfGroup = [.. LeftOut, nameof(VaeModelOptions.Training.BatchSize)];

    // Of all options, what says how a rank runs; its training has a list of its own.
    private static readonly HashSet<string> OfRank = [nameof(VaeModelOptions.Scoring), nameof(VaeModelOptions.Training)];

    /// <param name="options">Of the fit.</param>
    /// <param name="seed">What it draws from.</param>
    /// <param name="rows">What it trains on.</param>
    public static IReadOnlyDictionary<string, string> Of(VaeModelOptions options, int seed, TrainingRows rows)
    {
        (string, object?)[] parts =
        [
            (nameof(options.Architecture), options.Architecture),
            (nameof(options.Latent), options.Latent),
            (nameof(options.Likelihood), options.Likelihood),
            (nameof(options.Objective), options.Objective),
            (nameof(options.Corruption), options.Corruption),
            (nameof(options.Condition), options.Condition),
            (nameof(options.Normalization), options.Normalization),
            (nameof(options.Training.Seed), seed),
            ("the device", rows.Device.type),
            ("the number of features", rows.Layout.Features),
            ("the width of the target", rows.Layout.Target),
            ("the width of the condition", rows.Layout.Condition),
            ("the number of rows", rows.Statistics.Rows),
            ("the hash of the rows' values", rows.Hash),
        ];
        return parts.SelectMany(part => Describe(part.Item1, part.Item2))
            .Concat(Members("", options.Training, options.Training.Group is null ? LeftOut : LeftOutOfGroup))
            .ToDictionary(option => option.Name, option => option.Text);
    }

    /// <summary>All that the ranks of a group must have alike before they read their rows.</summary>
    /// <param name="options">Of one of them.</param>
    public static IReadOnlyDictionary<string, string> OfRanks(VaeModelOptions options)
        => Members("", options, OfRank)
            .Concat(Members("", options.Training, LeftOut))
            .Append((Name: nameof(options.Training.CheckpointFolder), Text: options.Training.CheckpointFolder is null ? "null" : "set"))
            .ToDictionary(option => option.Name, option => option.Text);

    /// <summary>What two fits differ in, a clause each.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyDictionary<string, string> was, IReadOnlyDictionary<string, string> now)
        => [.. Changed(was, now).Select(option => CheckpointMessages.Difference(option.Name, option.One, option.Other))];

    /// <summary>What two descriptions say otherwise; <see langword="null"/>: one of them does not say it.</summary>
    public static IEnumerable<(string Name, string? One, string? Other)> Changed(
        IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) => one.Keys.Union(other.Keys)
            .Select(name => (Name: name, One: one.GetValueOrDefault(name), Other: other.GetValueOrDefault(name)))
            .Where(option => option.One != option.Other);

    private static IEnumerable<(string Name, string Text)> Describe(string name, object? value) => value switch
    {
        null => [(name, "null")],
        string or bool or IFormattable => [(name, Convert.ToString(value, CultureInfo.InvariantCulture)!)],
        // In an order that is the same in every process.
        IDictionary items => items.Keys.Cast<object>().OrderBy(key => $"{key}", StringComparer.Ordinal)
            .SelectMany(key => Describe($"{name}[{key}]", items[key])),
        IEnumerable items => items.Cast<object?>().SelectMany((item, i) => Describe(FormattableString.Invariant($"{name}[{i}]"), item)),
        _ => [(name, value.GetType().Name), .. Members($"{name}.", value, [])],
    };

    private static IEnumerable<(string Name, string Text)> Members(string prefix, object options, HashSet<string> leftOut)
        => options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => !leftOut.Contains(property.Name))
            .SelectMany(property => Describe(prefix + property.Name, property.GetValue(options)));
}
