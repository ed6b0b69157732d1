using MLNet.Vae.Noise;

namespace MLNet.Vae.Runtime;

/// <summary>What the codes of a row are drawn from, and the graph that weighs them.</summary>
internal interface ICodeProposal
{
    /// <summary>From what is drawn to the logarithm of its weight, <c>[S, 1]</c>.</summary>
    string Graph { get; }

    /// <summary>The tensor of what is drawn, <c>[S, L]</c>.</summary>
    string Input { get; }

    /// <summary>The tensor of the logarithms.</summary>
    string Output { get; }

    /// <param name="drawn">Takes consecutive samples, <c>[samples, width]</c>.</param>
    /// <param name="width">L.</param>
    /// <param name="row">Whose codes they are; they depend on it, on the seed and on their numbers alone.</param>
    /// <param name="first">Number of the first.</param>
    /// <param name="condition">Of the row, <c>[C]</c>; empty without one.</param>
    void Draw(Span<float> drawn, int width, RowId row, int first, ReadOnlySpan<float> condition);
}
