using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers.FastTree;

[assembly: Loadable("FastTreeBinaryExec", typeof(CalibratedTrees))]

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>Trees whose outputs are summed.</summary>
public sealed class FastTreeBinaryModelParameters
{
    internal FastTreeBinaryModelParameters(int featureCount, Tree[] trees) => (FeatureCount, Trees) = (featureCount, trees);

    internal int FeatureCount { get; }
    internal Tree[] Trees { get; }
}

internal sealed class CalibratedTrees(FastTreeBinaryModelParameters trees, PlattCalibrator calibrator)
    : CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>(trees, calibrator), IBinaryModel
{
    public int FeatureCount => SubModel.FeatureCount;

    public float Score(ReadOnlySpan<float> features)
    {
        double sum = 0;
        foreach (var tree in SubModel.Trees)
            sum += tree.Output(features);
        return (float)sum;
    }

    public float Probability(float score) => Calibrator.PredictProbability(score);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.Sign("FastTreeBinaryExec", typeof(CalibratedTrees));
        ctx.Writer.Write(Calibrator.Slope);
        ctx.Writer.Write(Calibrator.Offset);
        ctx.Writer.Write(FeatureCount);
        ctx.Writer.Write(SubModel.Trees.Length);
        foreach (var tree in SubModel.Trees)
            tree.Write(ctx.Writer);
    }

    internal static object Load(IHostEnvironment env, ModelLoadContext context)
    {
        var reader = context.Reader;
        var calibrator = new PlattCalibrator(reader.ReadDouble(), reader.ReadDouble());
        var (features, count) = (reader.ReadInt32(), reader.ReadInt32());
        return new CalibratedTrees(new FastTreeBinaryModelParameters(features, [.. Enumerable.Range(0, count).Select(_ => Tree.Read(reader))]), calibrator);
    }
}
