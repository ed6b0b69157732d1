using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Training.Steps;

/// <summary>
/// Dense layers with a nonlinearity between them, forward and backward into buffers of its own, for batches of one size: a small network
/// spends its time on dispatching operations, a large one on memory that is taken and given back.
/// </summary>
internal sealed class DenseStack : IDisposable
{
    private static readonly Scalar One = 1;

    private readonly Activation _activation;
    private readonly List<Tensor> _owned = [];
    private readonly DenseLayerBuffers[] _layers;
    private readonly Tensor _ones;
    private readonly MatrixProduct _product = new();
    private readonly Action? _throwIfCancelled;

    /// <param name="layers">From the input on; the activation follows each but the last.</param>
    /// <param name="activation">One of those that <see cref="CanDo"/> allows.</param>
    /// <param name="rows">Rows of a batch.</param>
    /// <param name="throwIfCancelled">Called before each product; <see langword="null"/>: nobody cancels.</param>
    public DenseStack(
        IReadOnlyList<(Trainable Weight, Trainable Bias)> layers, Activation activation, long rows, Action? throwIfCancelled)
    {
        (_activation, _throwIfCancelled) = (activation, throwIfCancelled);
        var device = layers[0].Weight.Value.device;
        _ones = Keep(ones(rows, device: device));
        _layers = new DenseLayerBuffers[layers.Count];
        for (var i = 0; i < layers.Count; i++)
        {
            var (weight, bias) = layers[i];
            var output = Keep(empty(rows, bias.Value.size(0), device: device));
            // The last layer's output becomes its own gradient; a hidden one's is still needed when its gradient comes.
            var gradient = i == layers.Count - 1 ? output : Keep(empty_like(output));
            _layers[i] = new(
                weight.Value,
                Keep(weight.Value.t()),
                bias.Value,
                weight.Gradient,
                bias.Gradient,
                output,
                gradient,
                Keep(gradient.t())
            );
        }
    }

    /// <summary>
    /// What <see cref="Forward"/> gives, <c>[rows, outputs]</c>; <see cref="Backward"/> takes the gradient from the same place.
    /// </summary>
    public Tensor Output => _layers[^1].Output;

    public static bool CanDo(Activation activation) => activation is Activation.Relu or Activation.Tanh or Activation.Sigmoid;

    /// <summary>h ← f(h·Wᵀ + b), layer by layer.</summary>
    public void Forward(Tensor input)
    {
        var x = input;
        for (var i = 0; i < _layers.Length; i++)
        {
            var layer = _layers[i];
            _throwIfCancelled?.Invoke();
            _product.Set(layer.Output, x, layer.WeightTransposed);
            layer.Output.add_(layer.Bias, One);
            if (i < _layers.Length - 1)
                Activate(layer.Output);
            x = layer.Output;
        }
    }

    /// <summary>With δ the gradient of a layer's output: ∂W = δᵀ·x, ∂b = Σ δ, and δ·W ∘ f′ for the layer before.</summary>
    /// <param name="input">That of <see cref="Forward"/>.</param>
    /// <param name="inputGradient">Is given the gradient of the input; <see langword="null"/>: it is not wanted.</param>
    public void Backward(Tensor input, Tensor? inputGradient)
    {
        for (var i = _layers.Length - 1; i >= 0; i--)
        {
            var layer = _layers[i];
            _throwIfCancelled?.Invoke();
            _product.Set(layer.WeightGradient, layer.GradientTransposed, i == 0 ? input : _layers[i - 1].Output);
            layer.BiasGradient.addmv_(layer.GradientTransposed, _ones, beta: 0);
            _throwIfCancelled?.Invoke();
            if (i > 0)
            {
                var before = _layers[i - 1];
                _product.Set(before.Gradient, layer.Gradient, layer.Weight);
                before.Gradient.mul_(Derivative(before.Output));
            }
            else if (inputGradient is not null)
            {
                _product.Set(inputGradient, layer.Gradient, layer.Weight);
            }
        }
    }

    public void Dispose()
    {
        foreach (var tensor in _owned)
            tensor.Dispose();
        _product.Dispose();
    }

    private void Activate(Tensor x)
    {
        if (_activation == Activation.Relu)
            x.relu_();
        else if (_activation == Activation.Tanh)
            x.tanh_();
        else
            x.sigmoid_();
    }

    /// <summary>f′ from h = f(·), in place of h, which nobody needs any more.</summary>
    private Tensor Derivative(Tensor h) => _activation switch
    {
        Activation.Relu => h.sign_(),
        Activation.Tanh => h.mul_(h).neg_().add_(One, One),
        _ => h.addcmul_(h, h, MinusOne),
    };

    private static readonly Scalar MinusOne = -1;

    private Tensor Keep(Tensor tensor)
    {
        _owned.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }

    private sealed record DenseLayerBuffers(
        Tensor Weight, Tensor WeightTransposed, Tensor Bias, Tensor WeightGradient, Tensor BiasGradient,
        Tensor Output, Tensor Gradient, Tensor GradientTransposed);
}
