using System.Runtime.InteropServices;
using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Onnx.Schema;

namespace MLNet.Vae.Tests.Onnx;

/// <summary>The numbers of an exported linear model: the way back from its scorer graph.</summary>
internal static class OnnxWeights
{
    public static TrainedVae Linear(VaeModel model)
    {
        var constants = ModelProto.Parser.ParseFrom(model.ToOnnx(VaeGraph.Scorer)).Graph.Initializer.ToDictionary(
            constant => constant.Name, constant => MemoryMarshal.Cast<byte, float>(constant.RawData.Span).ToArray());
        DenseLayer Layer(string name) => new(constants[$"{name}.weight"], constants[$"{name}.bias"]);
        return new()
        {
            Scaling = FeatureScaling.Identity(model.Info.FeatureCount),
            Encoder = [],
            Latent = new GaussianPosterior(
                Layer("mean"),
                Layer("log_sigma.unclamped"),
                (constants["log_sigma.minimum"][0], constants["log_sigma.maximum"][0])
            ),
            Decoder = [Layer("decoder.0")],
            Distribution = new GaussianOutput((float)Math.Log(constants["sigma"][0])),
        };
    }
}
