using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Training;

/// <summary>The weights of the best epoch so far.</summary>
internal sealed class BestWeights(ParameterVector parameters) : IDisposable
{
    private readonly Tensor _values = parameters.Values.clone();
    private Evaluation? _judged;

    /// <summary><see langword="null"/>: none yet.</summary>
    public int? Epoch { get; private set; }

    /// <summary>Keeps the present weights if they are better than those compared before.</summary>
    /// <param name="epoch">Counted from 1.</param>
    /// <param name="judged">How they do.</param>
    /// <param name="loss">What that is worth. The best so far is judged by it anew: a learned multiplier may have moved since.</param>
    public bool Offer(int epoch, Evaluation judged, Func<Evaluation, double> loss)
    {
        if (!(loss(judged) < (_judged is null ? double.PositiveInfinity : loss(_judged))))
            return false;
        _judged = judged;
        return Keep(epoch);
    }

    /// <summary>Keeps the present weights, without comparing them to others.</summary>
    public bool Keep(int epoch)
    {
        Copy(parameters.Values, _values);
        Epoch = epoch;
        return true;
    }

    public void Restore() => Copy(_values, parameters.Values);

    public void Dispose() => _values.Dispose();

    private static void Copy(Tensor from, Tensor to)
    {
        using var _ = no_grad();
        to.copy_(from);
    }
}
