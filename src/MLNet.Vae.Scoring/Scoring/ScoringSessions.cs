using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Runtime;
using MLNet.Vae.Interop;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Scoring;

/// <summary>
/// One ONNX Runtime session per graph, made at first use and shared by all cursors and rows of a transformer.
/// Thread-safe. Disposing while a run is under way waits for nobody: the last run out releases the session.
/// </summary>
internal sealed class ScoringSessions(IHost host, VaeModel model, VaeScoringOptions options) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, InferenceSession> _sessions = [];
    private int _running;
    private bool _disposed;

    /// <param name="graph">One of those that <see cref="GraphInterface"/> names.</param>
    /// <param name="runOptions">Of ONNX Runtime.</param>
    /// <param name="inputNames">Names of the tensors that go in.</param>
    /// <param name="inputs">What goes in.</param>
    /// <param name="outputNames">Names of the tensors that come out.</param>
    /// <param name="outputs">Where they go.</param>
    public void Run(
        string graph, RunOptions runOptions,
        IReadOnlyCollection<string> inputNames, IReadOnlyCollection<OrtValue> inputs,
        IReadOnlyCollection<string> outputNames, IReadOnlyCollection<OrtValue> outputs)
    {
        var session = Enter(graph);
        try
        {
            session.Run(runOptions, inputNames, inputs, outputNames, outputs);
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

    private InferenceSession Enter(string graph)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(VaeTransformer));
            if (!_sessions.TryGetValue(graph, out var session))
            {
                _sessions[graph] = session = Open(model.ToRun(graph));
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
            session.Dispose();
        }

        _sessions.Clear();
    }

    private InferenceSession Open(byte[] graph)
    {
        var gpu = GpuChoice.Of(host, options.GpuDeviceId, options.FallbackToCpu);
        if (gpu.Device is not { } device)
        {
            return Open(graph, null);
        }

        try
        {
            return Open(graph, device);
        }
        catch (Exception exception) when (OnnxRuntimeErrors.IsNoGpu(exception))
        {
            if (!gpu.MayFallBack)
            {
                throw host.Process(new InvalidOperationException(ScoringMessages.NoGpu(device, exception.Message), exception));
            }

            using var channel = host.Start(nameof(ScoringSessions));
            channel.Warning(MessageSensitivity.None, ScoringMessages.FellBackToCpu(device, exception.Message));
            return Open(graph, null);
        }
    }

    private InferenceSession Open(byte[] graph, int? device)
    {
        using var sessionOptions = new SessionOptions { ExecutionMode = ExecutionMode.ORT_SEQUENTIAL, InterOpNumThreads = 1 };
        // A pass alternates between runs and the reading of rows: threads that spin between runs would take the CPU from the latter.
        sessionOptions.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        if (options.Threads is { } threads)
        {
            sessionOptions.IntraOpNumThreads = threads;
        }

        if (device is { } cuda)
        {
            sessionOptions.AppendExecutionProvider_CUDA(cuda);
        }

        return new InferenceSession(graph, sessionOptions);
    }
}
