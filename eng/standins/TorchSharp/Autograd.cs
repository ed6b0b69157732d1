namespace TorchSharp;

/// <summary>Sets autograd's recording on this thread until disposed.</summary>
internal sealed class AutoGradMode : IDisposable
{
    private readonly byte _previous = Native.shim_grad_enabled();
    public AutoGradMode(bool enabled) => Native.shim_set_grad_enabled(enabled ? (byte)1 : (byte)0);
    public void Dispose() => Native.shim_set_grad_enabled(_previous);
}

internal sealed class InferenceMode(bool mode) : IDisposable
{
    private nint _guard = Native.shim_enter_inference(mode ? (byte)1 : (byte)0);

    public void Dispose()
    {
        if (_guard != 0)
            Native.shim_leave_inference(_guard);
        _guard = 0;
    }
}

public static partial class torch
{
    public static IDisposable no_grad() => new AutoGradMode(false);
    public static IDisposable enable_grad(bool enabled = true) => new AutoGradMode(enabled);
    public static IDisposable set_grad_enabled(bool mode = true) => new AutoGradMode(mode);
    public static bool is_grad_enabled() => Native.shim_grad_enabled() != 0;
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static partial class autograd
    {
        public static unsafe void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            var (outputs, grads, leaves) = (Handles(tensors), Handles(grad_tensors), Handles(inputs));
            fixed (nint* o = outputs, g = grads, l = leaves)
            {
                Native.Check(Native.shim_backward(
                    o, outputs.Length, g, grads.Length, Flag(retain_graph ?? create_graph), Flag(create_graph), l, leaves.Length));
            }
            GC.KeepAlive((tensors, grad_tensors, inputs));
        }

        private static nint[] Handles(IList<Tensor>? tensors) => tensors is null ? [] : [.. tensors.Select(tensor => tensor.Handle)];
        private static byte Flag(bool value) => value ? (byte)1 : (byte)0;
    }
}
