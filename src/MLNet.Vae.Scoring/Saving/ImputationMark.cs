using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Saving;

/// <summary>
/// A step that stock ML.NET refuses to load: it has none that fills what is missing, and the rest of the saved model alone would pass holes
/// on without a word. The contract that it asks for is nobody's, and its name, which ML.NET's error tells, says what to do.
/// </summary>
internal static class ImputationMark
{
    public const string Contract =
        "MLNet.Vae.VaeImpute: ML.NET has no step that fills; read the file by VaeImputeTransformer.From(mlContext, path)";

    public static IEstimator<ITransformer> Of(MLContext mlContext)
        => mlContext.Transforms.CustomMapping<Nothing, Mark>((_, mark) => mark.IsFilled = false, Contract);

    internal sealed class Nothing;

    internal sealed class Mark
    {
        [ColumnName("vae.is_filled")]
        public bool IsFilled { get; set; }
    }
}
