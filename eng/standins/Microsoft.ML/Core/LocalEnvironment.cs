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
        (Seed, ComponentCatalog, TempFilePath) = (seed, new ComponentCatalog(), Path.GetTempPath());
    }

    private LocalEnvironment(LocalEnvironment master, string name, Random random)
    {
        (_root, _master, _random, Name) = (master._root, master, random, name);
        _fullName = master._master?._fullName is { } parent ? $"{parent}; {name}" : name;
        (Seed, ComponentCatalog, TempFilePath) = (master.Seed, master.ComponentCatalog, master.TempFilePath);
        (GpuDeviceId, FallbackToCpu) = (master.GpuDeviceId, master.FallbackToCpu);
    }

    public event Action<string, ChannelMessage> Message;

    public string Name { get; }
    public ComponentCatalog ComponentCatalog { get; }
    public int? Seed { get; }
    public string TempFilePath { get; set; }
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

    public IPipe<TMessage> StartPipe<TMessage>(string name) => new Pipe<TMessage>(this, name);

    public IProgressChannel StartProgressChannel(string name)
    {
        this.CheckNonEmpty(name, nameof(name));
        return new ProgressChannel();
    }

    private sealed class Host(LocalEnvironment master, string name, Random random) : LocalEnvironment(master, name, random), IHost
    {
    }

    private class Pipe<TMessage>(LocalEnvironment parent, string name) : IPipe<TMessage>
    {
        public string ContextDescription { get; } = parent._fullName is null ? name : $"{parent._fullName}; {name}";

        public virtual void Send(TMessage msg)
        {
        }

        public TException Process<TException>(TException ex)
            where TException : Exception
        {
            if (ex is null)
                return null;
            ex.Data["Throwing component"] = parent.Name;
            ex.Data["Parent component"] = parent._master?._master?._fullName;
            ex.Data["Phase"] = name;
            return Contracts.Mark(ex);
        }

        public virtual void Dispose()
        {
        }
    }

    private sealed class Channel : Pipe<ChannelMessage>, IChannel
    {
        private readonly LocalEnvironment _root;
        private readonly long _started = Stopwatch.GetTimestamp();
        private bool _disposed;

        public Channel(LocalEnvironment parent, string name)
            : base(parent, name)
        {
            _root = parent._root;
            Trace(MessageSensitivity.None, "Channel started");
        }

        public override void Send(ChannelMessage msg) => _root.Message?.Invoke(ContextDescription, msg);

        public void Trace(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Trace, sensitivity, fmt));

        public void Trace(MessageSensitivity sensitivity, string fmt, params object[] args) => Send(new(ChannelMessageKind.Trace, sensitivity, fmt, args));

        public void Error(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Error, sensitivity, fmt));

        public void Error(MessageSensitivity sensitivity, string fmt, params object[] args) => Send(new(ChannelMessageKind.Error, sensitivity, fmt, args));

        public void Warning(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Warning, sensitivity, fmt));

        public void Warning(MessageSensitivity sensitivity, string fmt, params object[] args) => Send(new(ChannelMessageKind.Warning, sensitivity, fmt, args));

        public void Info(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Info, sensitivity, fmt));

        public void Info(MessageSensitivity sensitivity, string fmt, params object[] args) => Send(new(ChannelMessageKind.Info, sensitivity, fmt, args));

        public override void Dispose()
        {
            if (_disposed)
                return;
            _disposed = true;
            Trace(MessageSensitivity.None, "Channel finished. Elapsed {0:c}.", Stopwatch.GetElapsedTime(_started));
            Trace(MessageSensitivity.None, "Channel disposed");
        }
    }

    // Nobody listens to progress here, so only the contract is kept.
    private sealed class ProgressChannel : IProgressChannel
    {
        private ProgressHeader _header = new(null);
        private bool _disposed;

        public IProgressChannel StartProgressChannel(string name) => new ProgressChannel();

        public void SetHeader(ProgressHeader header, Action<IProgressEntry> fillAction) => _header = header;

        public void Checkpoint(params double?[] values)
        {
            Contracts.Check(null, !_disposed, "Can't report checkpoints after disposing");
            var most = _header.MetricNames.Count + (2 * _header.UnitNames.Count);
            Contracts.Check(null, (values?.Length ?? 0) <= most, "Too many values provided in Checkpoint");
        }

        public void Dispose() => _disposed = true;
    }
}
