using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Tables;

/// <summary>
/// Weights averaged over the last steps, exponentially (Polyak and Juditsky 1992 average them all): what single batches pull to and fro
/// evens out.
/// </summary>
internal sealed class AveragedWeights(ParameterVector parameters) : IDisposable
{
    private const double Decay = 0.99;

    private readonly Tensor _average = parameters.Values.detach().clone().DetachFromDisposeScope();
    private readonly Tensor _last = parameters.Values.detach().clone().DetachFromDisposeScope();
    private int _steps;

    /// <summary>After a step. The first ones count for more, so that the start is soon forgotten.</summary>
    public void Add()
    {
        using var _ = no_grad();
        _steps++;
        var decay = Math.Min(Decay, (1.0 + _steps) / (10 + _steps));
        using Scalar kept = decay, added = 1 - decay;
        _average.mul_(kept).add_(parameters.Values, added);
    }

    /// <summary>What is computed meanwhile is by the averages.</summary>
    public T Use<T>(Func<T> work)
    {
        using var _ = no_grad();
        _last.copy_(parameters.Values);
        parameters.Values.copy_(_average);
        try
        {
            return work();
        }
        finally
        {
            parameters.Values.copy_(_last);
        }
    }

    public void Dispose()
    {
        _average.Dispose();
        _last.Dispose();
    }
}
