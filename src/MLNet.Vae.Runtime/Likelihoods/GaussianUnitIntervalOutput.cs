using MLNet.Vae.Onnx;

namespace MLNet.Vae.Likelihoods;

/// <summary>N(sigmoid(l), σ²), l the decoder's output, one σ for all features.</summary>
/// <param name="LogSigma">Natural log of the standard deviation, normalised units.</param>
internal sealed record GaussianUnitIntervalOutput(float LogSigma) : ConstantSigmaOutput
{
    protected override (float[] Values, long[] Shape) LogSigmas => ([LogSigma], []);

    public override string Mean(GraphBuilder graph, int features, string output) => graph.Node("Sigmoid", "intensity", output);
}
