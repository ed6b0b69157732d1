using MLNet.Vae.Architectures;
using static TorchSharp.torch;

namespace MLNet.Vae.Modules;

/// <summary>What stands for each token of a sequence, learned; 0, which is no token, has zeros.</summary>
/// <param name="tokens">Different ones.</param>
/// <param name="width">Values for each.</param>
/// <param name="parameters">Takes them.</param>
/// <param name="random">Draws them, standard normal.</param>
internal sealed class TokenTable(int tokens, int width, ParameterVector parameters, Generator random)
{
    private readonly Trainable _entries = parameters.Add(randn(tokens, width, generator: random), uses: 0);

    public int Tokens => tokens;

    /// <param name="numbers">From 1, or 0, <c>[rows, steps]</c>.</param>
    /// <returns><c>[rows, steps, width]</c>.</returns>
    public Tensor Of(Tensor numbers)
    {
        var table = cat([zeros(1, width, device: numbers.device), _entries.Value], 0);
        return table.index_select(0, numbers.reshape(-1)).view(numbers.size(0), numbers.size(1), width);
    }

    public TokenEmbedding Export() => TokenEmbedding.Of(_entries.ToArray(), tokens);

    /// <summary>
    /// Whole numbers, without the steps that lie behind the end of all rows: <c>[rows, length]</c> → <c>[rows, steps]</c>.
    /// </summary>
    /// <param name="x">As floats.</param>
    /// <param name="more">Steps behind the end of the longest row, as far as there are.</param>
    public static Tensor Numbers(Tensor x, int more)
    {
        var numbers = x.to_type(ScalarType.Int64);
        var longest = numbers.size(0) == 0 ? 0 : numbers.ne(0).sum(1L).max().item<long>();
        return numbers.narrow(1, 0, Math.Clamp(longest + more, 1, numbers.size(1)));
    }
}
