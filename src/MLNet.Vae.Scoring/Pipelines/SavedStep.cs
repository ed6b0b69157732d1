using Microsoft.ML;
using Microsoft.ML.Transforms.Onnx;
using MLNet.Vae.Saving;

namespace MLNet.Vae.Pipelines;

/// <summary>A model of this library as a pipeline has it that was loaded: the stock steps that it was saved as.</summary>
internal static class SavedStep
{
    /// <param name="step">A step of a pipeline, or a chain of them.</param>
    /// <returns><see langword="null"/>: it is something else, or more than a model.</returns>
    public static VaeModel? ModelOf(ITransformer step)
    {
        var steps = ModelFinder.Flatten(step).ToArray();
        // That of a table has graphs before it that make its columns numbers.
        var models = steps.OfType<OnnxTransformer>().Select(graph => ModelFinder.OfOnnx(new(), graph)).OfType<VaeModel>().ToArray();
        if (models is not [var model])
            return null;
        // A pipeline may begin or end with steps of the user's.
        return steps.Select(part => Kind(part.GetType())).SequenceEqual(SavedPipeline.StepsOf(model).Select(Kind)) ? model : null;
    }

    // What is generic when it is made is loaded as what it derives from.
    private static string Kind(Type step) => step.Name.Split('`')[0];
}
