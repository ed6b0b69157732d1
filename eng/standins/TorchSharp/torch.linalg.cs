namespace TorchSharp;

public static partial class torch
{
    public static partial class linalg
    {
        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => UPLO == 'L'
            ? Aten.CallPair("linalg_eigh", input)
            : throw new NotSupportedException("The stand-in for TorchSharp reads the lower triangle only.");
    }
}
