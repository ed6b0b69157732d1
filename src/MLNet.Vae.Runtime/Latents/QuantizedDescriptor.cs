using MLNet.Vae.Onnx;

namespace MLNet.Vae.Latents;

/// <summary>Codes of a codebook.</summary>
internal sealed class QuantizedDescriptor : LatentDescriptor
{
    public static QuantizedDescriptor Instance { get; } = new();

    public override bool HasLogSigma => false;

    public override bool HasKl => false;

    public override bool HasDensity => false;

    public override bool HasCodes => true;

    public override IEnumerable<(string Tensor, int Width)> Outputs(VaeModelInfo info)
        => base.Outputs(info).Append((TensorNames.Codes, info.CodeCount));

    public override LatentPrior Prior(VaeModelInfo info, PriorSources sources)
    {
        var codebook = sources.Codebook();
        return info.CodePrior is { } prior
            ? new AutoregressivePrior(
                codebook,
                info.CodeCount,
                new CodeWalk(CodePriorLayout.Of(info), sources.CodePriorEntries(), prior.Units, sources.Step))
            : new CodebookPrior(codebook, info.CodeCount);
    }

    public override string Describe(VaeModelInfo info) => $"{Counted(info.CodeCount, "code")} of a codebook of {Number(info.CodebookSize)}";

    public override string DescribeSizes(VaeModelInfo info) => $"{Counted(info.CodeCount, "code")} of {Number(info.CodebookSize)}";

    public override string EmbeddingOfRow => "the codebook entries that stand for it";
}
