using System.Diagnostics;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The environment behind a context, and the hosts registered in it.</summary>
internal class LocalEnvironment : IHostEnvironmentInternal
{
    private readonly LocalEnvironment _root;
    private readonly LocalEnvironment _master;
    private readonly Random _random;
    private readonly string _fullName;

    public LocalEnvironment(int? seed = null)
    {
        _root = this;
        _random = seed is { } value ? new Random(value) : new Random();
        (Seed, ComponentCatalog) = (seed, new ComponentCatalog());
    }

    private LocalEnvironment(LocalEnvironment master, string name, Random random)
    {
        (_root, _master, _random, Name) = (master._root, master, random, name);
        _fullName = master._master?._fullName is { } parent ? $"{parent}; {name}" : name;
        (Seed, ComponentCatalog) = (master.Seed, master.ComponentCatalog);
        (GpuDeviceId, FallbackToCpu) = (master.GpuDeviceId, master.FallbackToCpu);
    }

    public event Action<string, ChannelMessage> Message;

    public string Name { get; }
    public ComponentCatalog ComponentCatalog { get; }
    public int? Seed { get; }
    public bool FallbackToCpu { get; set; }
    public int? GpuDeviceId { get; set; }

    public Random Rand => _random;

    public string ContextDescription => "HostEnvironment";

    public TException Process<TException>(TException ex)
        where TException : Exception
    {
        if (ex is null)
            return null;
        ex.Data["Throwing component"] = "Environment";
        return Contracts.Mark(ex);
    }

    public IHost Register(string name, int? seed = null, bool? verbose = null)
    {
        this.CheckNonEmpty(name, nameof(name));
        lock (_random)
            return new Host(this, name, new Random(seed ?? _random.Next()));
    }

    public IChannel Start(string name) => new Channel(this, name);

    private sealed class Host(LocalEnvironment master, string name, Random random) : LocalEnvironment(master, name, random), IHost
    {
    }

    private sealed class Channel : IChannel
    {
        private readonly LocalEnvironment _parent;
        private readonly string _name;
        private readonly long _started = Stopwatch.GetTimestamp();
        private bool _disposed;

        public Channel(LocalEnvironment parent, string name)
        {
            (_parent, _name) = (parent, name);
            Send(ChannelMessageKind.Trace, MessageSensitivity.None, "Channel started");
        }

        public string ContextDescription => _parent._fullName is { } parent ? $"{parent}; {_name}" : _name;

        public TException Process<TException>(TException ex)
            where TException : Exception
        {
            if (ex is null)
                return null;
            ex.Data["Throwing component"] = _parent.Name;
            ex.Data["Parent component"] = _parent._master?._master?._fullName;
            ex.Data["Phase"] = _name;
            return Contracts.Mark(ex);
        }

        public void Warning(MessageSensitivity sensitivity, string fmt) => Send(ChannelMessageKind.Warning, sensitivity, fmt);

        public void Warning(MessageSensitivity sensitivity, string fmt, params object[] args) => Send(ChannelMessageKind.Warning, sensitivity, fmt, args);

        public void Info(MessageSensitivity sensitivity, string fmt) => Send(ChannelMessageKind.Info, sensitivity, fmt);

        public void Info(MessageSensitivity sensitivity, string fmt, params object[] args) => Send(ChannelMessageKind.Info, sensitivity, fmt, args);

        public void Dispose()
        {
            if (_disposed)
                return;
            _disposed = true;
            Send(ChannelMessageKind.Trace, MessageSensitivity.None, "Channel finished. Elapsed {0:c}.", [Stopwatch.GetElapsedTime(_started)]);
            Send(ChannelMessageKind.Trace, MessageSensitivity.None, "Channel disposed");
        }

        private void Send(ChannelMessageKind kind, MessageSensitivity sensitivity, string format, object[] args = null)
            => _parent._root.Message?.Invoke(ContextDescription, new ChannelMessage(kind, sensitivity, format, args));
    }
}
