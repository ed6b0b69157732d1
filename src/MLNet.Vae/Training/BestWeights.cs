using MLNet.Vae.Checkpoints;
using MLNet.Vae.Modules;
using MLNet.Vae.Objectives;
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
        if (!(loss(judged) < Loss(loss)))
            return false;
        return Keep(epoch, judged);
    }

    /// <summary>Keeps the present weights, whatever came before.</summary>
    public bool Keep(int epoch) => Keep(epoch, null);

    /// <summary>What the weights compared are worth; infinite: none were.</summary>
    public double Loss(Func<Evaluation, double> loss) => _judged is null ? double.PositiveInfinity : loss(_judged);

    public void Restore() => Copy(_values, parameters.Values);

    public void Exchange(TrainingState state)
    {
        var epoch = Epoch;
        state.Value("best.epoch", ref epoch);
        Epoch = epoch;
        state.Value("best.judged", ref _judged);
        state.Tensor("best.weights", _values);
    }

    public void Dispose() => _values.Dispose();

    private bool Keep(int epoch, Evaluation? judged)
    {
        Copy(parameters.Values, _values);
        (Epoch, _judged) = (epoch, judged);
        return true;
    }

    private static void Copy(Tensor from, Tensor to)
    {
        using var _ = no_grad();
        to.copy_(from);
    }
}
