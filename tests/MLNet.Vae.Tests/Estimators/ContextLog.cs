using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Vae.Tests.Estimators;

/// <summary>What reaches <see cref="MLContext.Log"/>.</summary>
internal sealed class ContextLog
{
    private readonly List<(ChannelMessageKind Kind, string Source, string Text)> _entries = [];

    public ContextLog(MLContext mlContext) => mlContext.Log += (_, entry) =>
    {
        lock (_entries)
        {
            _entries.Add((entry.Kind, entry.Source, entry.RawMessage));
        }
    };

    public IReadOnlyList<string> Warnings => Texts(ChannelMessageKind.Warning);

    /// <summary>Information that comes from the channel of a fit.</summary>
    public IReadOnlyList<string> Training
        => [.. _entries.Where(entry => entry is { Kind: ChannelMessageKind.Info } && entry.Source.EndsWith("Training", StringComparison.Ordinal)).Select(entry => entry.Text)];

    private List<string> Texts(ChannelMessageKind kind) => [.. _entries.Where(entry => entry.Kind == kind).Select(entry => entry.Text)];
}
