namespace TorchSharp;

public static partial class torch
{
    public enum RoundingMode
    {
        None,
    }

    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) => Aten.Call("add.Tensor", left, right);
        public static Tensor operator -(Tensor left, Tensor right) => Aten.Call("sub.Tensor", left, right);
        public static Tensor operator -(Tensor left, Scalar right) => Aten.Call("sub.Scalar", left, right);
        public static Tensor operator -(Tensor tensor) => Aten.Call("neg", tensor);
        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);
        public static Tensor operator *(Scalar left, Tensor right) => Aten.Call("mul.Scalar", right, left);
        public static Tensor operator /(Tensor left, Tensor right) => Aten.Call("div.Tensor", left, right);
        public static Tensor operator /(Tensor left, Scalar right) => Aten.Call("div.Scalar", left, right);
        public static Tensor operator /(Tensor left, int right) => Aten.Call("div.Scalar", left, right);

        // Without these, C# would compare references where the real library compares elements.
        public static Tensor operator ==(Tensor left, Tensor right) => Aten.Call("eq.Tensor", left, right);
        public static Tensor operator !=(Tensor left, Tensor right) => Aten.Call("ne.Tensor", left, right);
        public override bool Equals(object? obj) => obj is Tensor other && Aten.Test("equal", this, other);
        public override int GetHashCode() => base.GetHashCode();

        public Tensor add(Tensor target, Scalar alpha) => Aten.Call("add.Tensor", this, target, alpha);
        public Tensor add(Scalar scalar, Scalar alpha) => Aten.Call("add.Scalar", this, scalar, alpha);
        public Tensor add_(Tensor target, Scalar alpha) => Mutate("add_.Tensor", this, target, alpha);
        public Tensor add_(Scalar scalar, Scalar alpha) => Mutate("add_.Scalar", this, scalar, alpha);
        public Tensor sub_(Tensor target) => Mutate("sub_.Tensor", this, target);
        public Tensor sub_(Scalar target) => Mutate("sub_.Scalar", this, target);
        public Tensor mul(Tensor target) => Aten.Call("mul.Tensor", this, target);
        public Tensor mul_(Tensor target) => Mutate("mul_.Tensor", this, target);
        public Tensor mul_(Scalar target) => Mutate("mul_.Scalar", this, target);
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Mutate("div_.Tensor", this, target);
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Mutate("div_.Scalar", this, target);
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Mutate("addcmul_", this, tensor1, tensor2, value);
        public Tensor mm(Tensor target) => Aten.Call("mm", this, target);
        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Mutate("addmm_", this, mat1, mat2, beta, alpha);
        public Tensor addmv_(Tensor mat, Tensor vec, float beta = 1.0f, float alpha = 1.0f) => Mutate("addmv_", this, mat, vec, beta, alpha);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Mutate("addcdiv_", this, tensor1, tensor2, value);
        public Tensor abs() => Aten.Call("abs", this);
        public Tensor log() => Aten.Call("log", this);
        public Tensor neg_() => Mutate("neg_", this);
        public Tensor exp_() => Mutate("exp_", this);
        public Tensor sign_() => Mutate("sign_", this);
        public Tensor relu_() => Mutate("relu_", this);
        public Tensor tanh_() => Mutate("tanh_", this);
        public Tensor sigmoid_() => Mutate("sigmoid_", this);
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Aten.Call("log_softmax.int", this, dim, dtype);
        public Tensor sqrt() => Aten.Call("sqrt", this);
        public Tensor exp() => Aten.Call("exp", this);
        public Tensor sigmoid() => Aten.Call("sigmoid", this);
        public Tensor log_sigmoid() => Aten.Call("log_sigmoid", this);
        public Tensor tanh() => Aten.Call("tanh", this);
        public Tensor relu() => Aten.Call("relu", this);
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Aten.Call("clamp", this, min, max);
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Mutate("clamp_", this, min, max);
        public Tensor eq(Tensor target) => Aten.Call("eq.Tensor", this, target);
        public Tensor le(Scalar target) => Aten.Call("le.Scalar", this, target);
        public Tensor ge(Scalar target) => Aten.Call("ge.Scalar", this, target);

        // Reductions. The literal in sum(0) is a type, and the 2 in norm(2) a dimension: the pairs decide what such a call means.
        public Tensor sum(ScalarType? type = null) => Aten.Call("sum", this, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) =>
            Aten.Call("sum.dim_IntList", this, new[] { dim }, keepdim, type);

        public Tensor logsumexp(long dim, bool keepdim = false) => Aten.Call("logsumexp", this, new[] { dim }, keepdim);
        public Tensor nonzero() => Aten.Call("nonzero", this);
        public Tensor argmin(long dim, bool keepdim = false) => Aten.Call("argmin", this, dim, keepdim);
        public Tensor norm(float p = 2.0f) => Aten.Call("norm.Scalar", this, p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) =>
            Aten.Call("norm.ScalarOpt_dim", this, p, new[] { (long)dim }, keepdim);

        public Tensor clone() => Aten.Call("clone", this);
        public Tensor contiguous() => Aten.Call("contiguous", this);
        public Tensor copy_(Tensor source, bool nonBlocking = false) => Mutate("copy_", this, source, nonBlocking);
        public Tensor fill_(Scalar value) => Mutate("fill_.Scalar", this, value);
        public Tensor cpu() => to(CPU);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Converted(Aten.Call("to.dtype", this, (ScalarType?)type, non_blocking, copy), disposeAfter);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Converted(Aten.Call("to.device", this, InitializeDevice(device), (ScalarType?)dtype, non_blocking, copy), disposeAfter);

        public Tensor view(params long[] shape) => Aten.Call("view", this, shape);
        public Tensor reshape(params long[] shape) => Aten.Call("reshape", this, shape);
        public Tensor permute(params long[] permutation) => Aten.Call("permute", this, permutation);
        public Tensor repeat(params long[] sizes) => Aten.Call("repeat", this, sizes);
        public Tensor t() => Aten.Call("t", this);
        public Tensor expand(params long[] sizes) => Aten.Call("expand", this, sizes);
        public Tensor narrow(long dim, long start, long length) => Aten.Call("narrow", this, dim, start, length);
        public Tensor index_select(long dim, Tensor index) => Aten.Call("index_select", this, dim, index);

        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Mutate("index_copy_", this, dim, index, source);

        public Tensor detach() => Aten.Call("detach", this);
        public Tensor requires_grad_(bool requires_grad = true) => Mutate("requires_grad_", this, requires_grad);
        public void backward() => Aten.Run("_backward", this, Array.Empty<Tensor>());

        private Tensor Mutate(string op, params ReadOnlySpan<Arg> arguments)
        {
            Aten.Run(op, arguments);
            return this;
        }

        private Tensor Converted(Tensor result, bool disposeAfter)
        {
            if (disposeAfter)
                Dispose();
            return result;
        }
    }
}
