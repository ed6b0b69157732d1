using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Keeps the quotient finite when every gradient is zero.</summary>
            private const double NormEpsilon = 1e-6;

            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var scope = NewDisposeScope();
                using var recording = no_grad();
                var grads = tensors.Select(tensor => tensor.grad).OfType<Tensor>().ToList();
                if (grads.Count == 0)
                    return 0;
                var total = stack(grads.Select(grad => grad.norm((float)norm_type))).norm((float)norm_type).ToDouble();
                var scale = Math.Min(max_norm / (total + NormEpsilon), 1);
                foreach (var grad in grads)
                    grad.mul_(scale);
                return total;
            }
        }
    }
}
