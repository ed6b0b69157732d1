using MLNet.Vae.Graphs;
using MLNet.Vae.Noise;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Runtime;

/// <summary>q(z | x): the graph makes codes of standard normal noise.</summary>
internal sealed class PosteriorProposal(int seed) : ICodeProposal
{
    private readonly CounterNumbers _normals = new(seed);

    public string Graph => GraphInterface.Importance;

    public string Input => TensorNames.Noise;

    public string Output => TensorNames.LogWeight;

    public void Draw(Span<float> drawn, int width, RowId row, int first, ReadOnlySpan<float> condition)
        => _normals.Fill(drawn, width, row, first);
}
