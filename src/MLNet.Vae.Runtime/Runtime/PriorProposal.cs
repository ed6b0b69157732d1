using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Noise;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Runtime;

/// <summary>p(z), of each row anew, so that estimates of several rows do not err together.</summary>
internal sealed class PriorProposal(LatentPrior prior, int seed) : ICodeProposal
{
    public string Graph => GraphInterface.Density;

    public string Input => TensorNames.ProposedCode;

    public string Output => TensorNames.LogDensity;

    public void Draw(Span<float> drawn, int width, RowId row, int first, ReadOnlySpan<float> condition)
    {
        var samples = drawn.Length / width;
        float[][]? conditions = null;
        if (condition.Length > 0)
        {
            conditions = new float[samples][];
            Array.Fill(conditions, condition.ToArray());
        }
        var codes = prior.Sample(samples, GenerationNoise.Of(seed, row, first), conditions);
        for (var i = 0; i < samples; i++)
            codes[i].CopyTo(drawn.Slice(i * width, width));
    }
}
