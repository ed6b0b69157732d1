using System.Runtime.CompilerServices;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Kit;

/// <summary>What AutoML calls when its time is over: internal in ML.NET.</summary>
internal static class MLContextCancellation
{
    public static void Cancel(MLContext mlContext) => CancelExecution(mlContext);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "CancelExecution")]
    private static extern void CancelExecution(MLContext mlContext);
}
