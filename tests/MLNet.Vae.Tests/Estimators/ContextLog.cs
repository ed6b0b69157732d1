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

    public IReadOnlyList<string> Warnings =>
        [.. _entries.Where(entry => entry.Kind == ChannelMessageKind.Warning).Select(entry => entry.Text)];

    /// <summary>Information that comes from the channel of a fit.</summary>
    public IReadOnlyList<string> Training
        => [.. from entry in _entries
               where entry.Kind == ChannelMessageKind.Info && entry.Source.EndsWith("Training", StringComparison.Ordinal)
               select entry.Text];
}
