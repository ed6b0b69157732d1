namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public enum Reduction : long
        {
            None = 0,
            Mean = 1,
            Sum = 2,
        }

        public static partial class functional
        {
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Aten.Call("linear", input, weights, bias);

            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                long groups = 1) =>
                Aten.Call("conv2d", input, weight, bias, strides ?? [1, 1], padding ?? [0, 0], dilation ?? [1, 1], groups);

            public static Tensor conv_transpose2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null,
                long[]? output_padding = null, long[]? dilation = null, long groups = 1) =>
                Aten.Call(
                    "conv_transpose2d.input", input, weight, bias, strides ?? [1, 1], padding ?? [0, 0], output_padding ?? [0, 0], groups,
                    dilation ?? [1, 1]);

            public static Tensor one_hot(Tensor x, long num_classes = -1) => Aten.Call("one_hot", x, num_classes);
            public static Tensor gelu(Tensor x) => Aten.Call("gelu", x);

            public static Tensor layer_norm(
                Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Aten.Call("layer_norm", input, normalized_shape, weight, bias, eps);

            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Aten.Call("binary_cross_entropy_with_logits", input, target, weight, pos_weights, (long)reduction);
        }
    }
}
