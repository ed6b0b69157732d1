using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>A message sent through a channel.</summary>
public class LoggingEventArgs : EventArgs
{
    public LoggingEventArgs(string message, ChannelMessageKind kind, string source) => (RawMessage, Kind, Source) = (message, kind, source);

    public string Source { get; }
    public ChannelMessageKind Kind { get; }
    public string RawMessage { get; }
}
