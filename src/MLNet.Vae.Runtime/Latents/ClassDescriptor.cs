using MLNet.Vae.Onnx;

namespace MLNet.Vae.Latents;

/// <summary>A class and, beside it, a Gaussian posterior of what the class does not say; see <see cref="ClassPosterior"/>.</summary>
internal sealed class ClassDescriptor : LatentDescriptor
{
    public static ClassDescriptor Instance { get; } = new();

    public override bool HasLogSigma => false;

    public override bool HasKl => true;

    public override bool HasDensity => false;

    public override bool HasClasses => true;

    public override IEnumerable<(string Tensor, int Width)> Outputs(VaeModelInfo info) =>
    [
        .. base.Outputs(info), (TensorNames.ClassProbabilities, info.ClassCount), (TensorNames.Class, 1),
    ];

    public override LatentPrior Prior(VaeModelInfo info, PriorSources sources)
        => new ClassPrior(info.LatentDimension - info.ClassCount, info.ClassCount);

    public override string Describe(VaeModelInfo info)
        => $"{Number(info.ClassCount)} classes and {Counted(info.LatentDimension - info.ClassCount, "dimension")}";

    public override string DescribeSizes(VaeModelInfo info) => Describe(info);

    public override string ModelName => "Semi-supervised variational autoencoder";

    public override string EmbeddingName => "posterior mean and class";
}
