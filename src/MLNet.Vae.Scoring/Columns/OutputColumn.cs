using Microsoft.ML.Data;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Columns;

/// <summary>What an added column holds, in the order of the columns.</summary>
internal enum VaeOutput
{
    Embedding,
    LogSigma,
    Components,
    Reconstruction,
    Contributions,
    Codes,
    Score,
    PredictedLabel,

    /// <summary>Not among a transformer's columns: <see cref="VaeTransformer.LogLikelihood"/> adds it.</summary>
    LogLikelihood,

    /// <summary>Beside <see cref="LogLikelihood"/>.</summary>
    LogLikelihoodStandardError,
}

/// <summary>One added column, of <paramref name="Width"/> slots (1 for a scalar one), each one of <paramref name="KeyCount"/> keys where it holds keys.</summary>
internal sealed record OutputColumn(VaeOutput Output, string Name, int Width, int KeyCount = 0)
{
    public DataViewType Type => Output switch
    {
        VaeOutput.Score or VaeOutput.LogLikelihood or VaeOutput.LogLikelihoodStandardError => NumberDataViewType.Single,
        VaeOutput.PredictedLabel => BooleanDataViewType.Instance,
        VaeOutput.Codes => new VectorDataViewType(new KeyDataViewType(typeof(uint), KeyCount), Width),
        _ => new VectorDataViewType(NumberDataViewType.Single, Width),
    };

    /// <summary>Whether the encoder alone gives it.</summary>
    public bool NeedsEncoderOnly => Output is VaeOutput.Embedding or VaeOutput.LogSigma or VaeOutput.Components or VaeOutput.Codes;

    /// <summary>The output of the ONNX graph that it is read from.</summary>
    public string Tensor => Output switch
    {
        VaeOutput.Embedding => TensorNames.Mean,
        VaeOutput.LogSigma => TensorNames.LogSigma,
        VaeOutput.Components => TensorNames.Component,
        VaeOutput.Codes => TensorNames.Codes,
        VaeOutput.Reconstruction => TensorNames.Reconstruction,
        VaeOutput.Contributions => TensorNames.Contributions,
        _ => TensorNames.Score,
    };
}
