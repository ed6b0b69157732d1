using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers.FastTree;

namespace Microsoft.ML;

/// <summary>Trainers of trees.</summary>
public static class TreeExtensions
{
    public static FastTreeBinaryTrainer FastTree(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, string labelColumnName = "Label",
        string featureColumnName = "Features", string exampleWeightColumnName = null, int numberOfLeaves = 20, int numberOfTrees = 100,
        int minimumExampleCountPerLeaf = 10, double learningRate = 0.2)
    {
        var env = catalog.GetEnvironment();
        env.CheckParam(exampleWeightColumnName is null, nameof(exampleWeightColumnName), "The stand-in knows no weights.");
        env.CheckParam(numberOfLeaves >= 2, nameof(numberOfLeaves), "Must be at least 2.");
        env.CheckParam(numberOfTrees > 0, nameof(numberOfTrees), "Must be positive.");
        env.CheckParam(minimumExampleCountPerLeaf > 0, nameof(minimumExampleCountPerLeaf), "Must be positive.");
        env.CheckParam(learningRate > 0, nameof(learningRate), "Must be positive.");
        return new FastTreeBinaryTrainer(env, labelColumnName, featureColumnName, new BoostingSettings(numberOfLeaves, numberOfTrees, minimumExampleCountPerLeaf, learningRate));
    }
}
