using static TorchSharp.torch;

namespace MLNet.Vae.Modules;

/// <summary>
/// All trainable tensors of a model as one vector, and their gradients as another, so that clipping, the optimiser and snapshots
/// are a few operations whatever the number of layers. Plain tensors rather than TorchSharp's Parameter, whose constructor leaves
/// <c>Tensor.TotalCount</c> one higher for good.
/// </summary>
internal sealed class ParameterVector(Device device) : IDisposable
{
    private readonly List<(Trainable Slot, Tensor Initial)> _slots = [];
    private readonly List<Tensor> _owned = [];

    /// <summary><c>[parameters]</c>.</summary>
    public Tensor Values { get; private set; } = null!;

    /// <summary>Accumulated by <c>backward</c>, <c>[parameters]</c>.</summary>
    public Tensor Gradients { get; private set; } = null!;

    /// <summary>Multiply-adds that one row takes on its way through the model.</summary>
    public long MultiplyAddsPerRow { get; private set; }

    /// <summary>Adds a tensor that starts as <paramref name="initial"/>, which is taken over.</summary>
    /// <param name="initial">The first values.</param>
    /// <param name="uses">How often a row meets each of them: for a convolution, at every place of the kernel.</param>
    public Trainable Add(Tensor initial, int uses = 1)
    {
        MultiplyAddsPerRow += uses * initial.numel();
        var slot = new Trainable();
        _slots.Add((slot, initial.DetachFromDisposeScope()));
        return slot;
    }

    /// <summary>Lays the tensors out on the device, after the last was added.</summary>
    public void Build()
    {
        using var _ = no_grad();
        var count = _slots.Sum(s => s.Initial.numel());
        Values = Keep(zeros(count, device: device));
        Gradients = Keep(zeros(count, device: device));
        var start = 0L;
        foreach (var (slot, initial) in _slots)
        {
            var gradient = Keep(Part(Gradients, start, initial));
            var value = Keep(Part(Values, start, initial));
            value.copy_(initial);
            value.requires_grad_(true);
            value.grad = gradient;
            (slot.Value, slot.Gradient) = (value, gradient);
            start += initial.numel();
            initial.Dispose();
        }
        _slots.Clear();
    }

    public void Dispose()
    {
        foreach (var (_, initial) in _slots)
            initial.Dispose();
        foreach (var tensor in _owned)
            tensor.Dispose();
    }

    private static Tensor Part(Tensor vector, long start, Tensor like)
    {
        using var flat = vector.narrow(0, start, like.numel());
        return flat.view(like.shape);
    }

    private Tensor Keep(Tensor tensor)
    {
        _owned.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }
}
