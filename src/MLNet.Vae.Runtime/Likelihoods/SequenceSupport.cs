using static System.FormattableString;

namespace MLNet.Vae.Likelihoods;

/// <summary>A sequence: numbers of tokens from 1, and zeros behind its end.</summary>
/// <param name="Start">First slot.</param>
/// <param name="Count">Slots.</param>
/// <param name="Tokens">Different ones.</param>
/// <param name="Part">What they are called; a sequence is a whole row.</param>
internal sealed record SequenceSupport(int Start, int Count, int Tokens, string? Part = null) : FeatureSupport(Start, Count, Part)
{
    /// <summary>Most different tokens, as each has a probability at every step.</summary>
    public const int MaximumTokens = 1 << 15;

    public override SupportFault? FaultOf(ReadOnlySpan<float> row)
    {
        for (var slot = Start; slot < Start + Count; slot++)
        {
            var token = row[slot];
            if (!(token >= 0 && token <= Tokens) || token != MathF.Floor(token))
                return new(slot, 1, Invariant($"the number of a token, 1 to {Tokens}, or 0 behind the end"), Number(token));
            if (token > 0 && slot > Start && row[slot - 1] == 0)
                return new(slot, 1, "0 behind the end of a sequence", Number(token));
        }
        return null;
    }
}
