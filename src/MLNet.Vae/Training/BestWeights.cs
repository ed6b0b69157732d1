using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Training;

/// <summary>The weights of the best epoch so far.</summary>
internal sealed class BestWeights(ParameterVector parameters) : IDisposable
{
    private readonly Tensor _values = parameters.Values.clone();
    private double _loss = double.PositiveInfinity;

    /// <summary>Counted from 1; 0: none yet.</summary>
    public int Epoch { get; private set; }

    /// <summary>Keeps the present weights if <paramref name="epochLoss"/> is the lowest so far.</summary>
    public bool Offer(int epoch, double epochLoss)
    {
        if (!(epochLoss < _loss))
            return false;
        Copy(parameters.Values, _values);
        (_loss, Epoch) = (epochLoss, epoch);
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
