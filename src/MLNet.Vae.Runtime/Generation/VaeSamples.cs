using System.Globalization;
using MLNet.Vae.Generation;

namespace MLNet.Vae;

/// <summary>Latent vectors, and the rows that the decoder made of them. Immutable: do not write to the arrays.</summary>
public sealed class VaeSamples
{
    private readonly VaeModelInfo _info;
    private readonly float[][]? _conditions;

    internal VaeSamples(VaeModelInfo info, IReadOnlyList<float[]> codes, IReadOnlyList<float[]> rows, float[][]? conditions)
    {
        _info = info;
        _conditions = conditions;
        (Latents, Rows) = (codes, rows);
    }

    /// <summary>The model that made them.</summary>
    internal VaeModelInfo Info => _info;

    /// <summary>One for each row, of a conditional model.</summary>
    internal float[][]? Conditions => _conditions;

    /// <summary>Points of the latent space, <c>[count][latent dimension]</c>.</summary>
    public IReadOnlyList<float[]> Latents { get; }

    /// <summary>
    /// What the decoder made of each, <c>[count][features]</c>, in the units of the features; of a model with a target
    /// <c>[count][target]</c>, in its units.
    /// </summary>
    public IReadOnlyList<float[]> Rows { get; }

    /// <summary>Their number.</summary>
    public int Count => Rows.Count;

    /// <summary>The rows as sequences of keys, which count from 1, each as long as it is.</summary>
    /// <exception cref="InvalidOperationException">The model is none of sequences.</exception>
    public IReadOnlyList<uint[]> ToKeys() => _info.FeatureKind == VaeInputKind.Sequence
        ? [.. Rows.Select(row => row.TakeWhile(token => token > 0).Select(token => (uint)token).ToArray())]
        : throw new InvalidOperationException(GenerationMessages.NoSequences());

    /// <summary>
    /// The rows as sequences of what the keys stood for in training, each as long as it is; where the column did not say, of the numbers
    /// of the keys, from 1.
    /// </summary>
    /// <exception cref="InvalidOperationException">The model is none of sequences.</exception>
    public IReadOnlyList<string[]> ToTokens() =>
    [
        .. ToKeys().Select(keys => Array.ConvertAll(
            keys, key => _info.TokenNames?[(int)key - 1] ?? key.ToString(CultureInfo.InvariantCulture))),
    ];
}
