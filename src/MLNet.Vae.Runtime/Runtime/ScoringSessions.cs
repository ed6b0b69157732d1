using Microsoft.ML.OnnxRuntime;
using MLNet.Vae.Interop;
using MLNet.Vae.Messages;
using MLNet.Vae.NativeLibraries;

namespace MLNet.Vae.Runtime;

/// <summary>
/// One ONNX Runtime session per graph and outputs that are read of it, made at first use and shared by all cursors and rows of a
/// transformer.
/// Thread-safe. Disposing while a run is under way waits for nobody: the last run out releases the session.
/// </summary>
internal sealed class ScoringSessions(ScoringHost host, VaeModel model, VaeScoringOptions options, Type owner) : IDisposable
{
    // Made once: a run allocates nothing.
    private static readonly Action<BoundRun, InferenceSession, bool> InSession = static (run, session, onGpu) => run.In(session, onGpu);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, OpenSession> _sessions = [];
    private int _running;
    private bool _disposed;

    /// <summary>Runs a graph; makes its session where this is the first time.</summary>
    public void Run(BoundRun run) => Run(run, InSession);

    /// <param name="run">The graph, and what it is bound to.</param>
    /// <param name="work">The run itself, given the session and whether it computes on a GPU.</param>
    internal void Run(BoundRun run, Action<BoundRun, InferenceSession, bool> work)
    {
        var session = Enter(run);
        try
        {
            work(run, session.Session, session.IsOnGpu);
        }
        finally
        {
            Leave();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            ReleaseWhenIdle();
        }
    }

    private OpenSession Enter(BoundRun run)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, owner);
            if (!_sessions.TryGetValue(run.Key, out var session))
            {
                _sessions[run.Key] = session = Open(model.ToRun(run.Graph, run.Outputs));
            }

            _running++;
            return session;
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _running--;
            ReleaseWhenIdle();
        }
    }

    private void ReleaseWhenIdle()
    {
        if (!_disposed || _running > 0)
        {
            return;
        }

        foreach (var session in _sessions.Values)
        {
            session.Session.Dispose();
        }

        _sessions.Clear();
    }

    private OpenSession Open(byte[] graph)
    {
        var gpu = GpuChoice.Of(host, options.GpuDeviceId, options.FallbackToCpu);
        if (gpu.Device is not { } device)
        {
            return OpenOnCpu(graph);
        }

        try
        {
            return Open(graph, device);
        }
        catch (Exception exception) when (OnnxRuntimeLibrary.IsNoGpu(exception))
        {
            if (!gpu.MayFallBack)
            {
                throw host.Process(new InvalidOperationException(ScoringMessages.NoGpu(device, exception.Message), exception));
            }

            host.Warn(nameof(ScoringSessions), ScoringMessages.FellBackToCpu(device, exception.Message), isOfData: false);
            return OpenOnCpu(graph);
        }
    }

    private OpenSession OpenOnCpu(byte[] graph)
    {
        try
        {
            return Open(graph, null);
        }
        catch (OnnxRuntimeException exception)
        {
            throw host.Process(new InvalidDataException(ScoringMessages.CannotOpen(exception.Message), exception));
        }
    }

    private OpenSession Open(byte[] graph, int? device)
    {
        using var sessionOptions = SessionOptionsFor(options);
        if (device is { } cuda)
        {
            sessionOptions.AppendExecutionProvider_CUDA(cuda);
        }

        return new(new InferenceSession(graph, sessionOptions), IsOnGpu: device is not null);
    }

    /// <summary>What ONNX Runtime is told of threads.</summary>
    internal static SessionOptions SessionOptionsFor(VaeScoringOptions options)
    {
        var sessionOptions = new SessionOptions { ExecutionMode = ExecutionMode.ORT_SEQUENTIAL, InterOpNumThreads = 1 };
        // A pass alternates between runs and the reading of rows: threads that spin between runs would take the CPU from the latter, and
        // from other programs.
        sessionOptions.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        if (options.Threads is { } threads)
        {
            sessionOptions.IntraOpNumThreads = threads;
        }

        return sessionOptions;
    }

    /// <param name="Session">Of one graph.</param>
    /// <param name="IsOnGpu">Whether this one is: another may have fallen back to the CPU.</param>
    private sealed record OpenSession(InferenceSession Session, bool IsOnGpu);
}
