using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Takes over the tensor it is made of, which is empty afterwards, and its place in a dispose scope.</summary>
public class Parameter : Tensor
{
    public Parameter(Tensor data, bool requires_grad = true)
        : base(data.requires_grad_(requires_grad).MoveHandle(), false) => DisposeScope.ReplaceWith(data, this);
}
