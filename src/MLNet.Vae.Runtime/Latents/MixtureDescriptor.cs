using MLNet.Vae.Onnx;

namespace MLNet.Vae.Latents;

/// <summary>A Gaussian posterior, and a mixture of Gaussians as prior.</summary>
internal sealed class MixtureDescriptor : LatentDescriptor
{
    public static MixtureDescriptor Instance { get; } = new();

    public override bool HasLogSigma => true;

    public override bool HasKl => true;

    public override bool HasDensity => true;

    public override bool HasComponents => true;

    public override IEnumerable<(string Tensor, int Width)> Outputs(VaeModelInfo info)
        => base.Outputs(info).Append((TensorNames.Component, info.ComponentCount));

    public override LatentPrior Prior(VaeModelInfo info, PriorSources sources) =>
        new MixturePrior(info.Components!);

    public override string Describe(VaeModelInfo info) =>
        $"Gaussian, {Dimensions(info)}; prior of {Number(info.ComponentCount)} components";

    public override string DescribeSizes(VaeModelInfo info) => $"{Dimensions(info)}, {Number(info.ComponentCount)} components";
}
