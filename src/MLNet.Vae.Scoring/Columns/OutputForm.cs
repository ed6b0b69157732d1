namespace MLNet.Vae.Columns;

/// <summary>How an output of a model comes as a column of ML.NET.</summary>
/// <param name="Values">Its type and getter.</param>
/// <param name="Annotations">What is said of it.</param>
internal sealed record OutputForm(OutputValues Values, OutputAnnotations Annotations)
{
    private static readonly Dictionary<string, OutputForm> Forms = new()
    {
        [nameof(VaeColumns.Embedding)] = new(OutputValues.Numbers, OutputAnnotations.LatentSlots),
        [nameof(VaeColumns.LogSigma)] = new(OutputValues.Numbers, OutputAnnotations.LatentSlots),
        [nameof(VaeColumns.Components)] = new(OutputValues.Numbers, OutputAnnotations.LatentSlots),
        [nameof(VaeColumns.Reconstruction)] = new(OutputValues.Numbers, OutputAnnotations.ReconstructedSlots),
        [nameof(VaeColumns.Contributions)] = new(OutputValues.Numbers, OutputAnnotations.ReconstructedSlots),
        [nameof(VaeColumns.Codes)] = new(OutputValues.Keys, OutputAnnotations.CodeSlots),
        [nameof(VaeColumns.ClassProbabilities)] = new(OutputValues.Numbers, OutputAnnotations.ClassSlots),
        [nameof(VaeColumns.PredictedClass)] = new(OutputValues.Class, OutputAnnotations.PredictedClass),
        [nameof(VaeColumns.Score)] = new(OutputValues.Number, OutputAnnotations.Score),
        [nameof(VaeColumns.PredictedLabel)] = new(OutputValues.AboveThreshold, OutputAnnotations.Score),
        [nameof(VaeColumns.PValue)] = new(OutputValues.PValue, OutputAnnotations.None),
        [VaeTransformer.LogLikelihoodColumn] = new(OutputValues.Number, OutputAnnotations.None),
        [VaeTransformer.LogLikelihoodStandardErrorColumn] = new(OutputValues.Number, OutputAnnotations.None),
    };

    /// <summary>The form of each of <see cref="ModelOutputs.All"/>, and of the columns of a log-likelihood.</summary>
    public static OutputForm Of(ModelOutput output) => Forms[output.Option];
}
