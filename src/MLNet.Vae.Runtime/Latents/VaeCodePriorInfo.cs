using System.Text.Json.Serialization;

namespace MLNet.Vae;

/// <summary>What was learned of which codes go together: a prior over the codes of a row, fitted after training.</summary>
public sealed record VaeCodePriorInfo
{
    [JsonConstructor]
    internal VaeCodePriorInfo() { }

    /// <summary>Units of the recurrent network.</summary>
    public required int Units { get; init; }

    /// <summary>
    /// −ln p(codes) of the rows held out, nats, the mean per row: where every code is as likely it would be codes · ln K.
    /// <see langword="null"/>: none were held out.
    /// </summary>
    public double? HeldOutNats { get; init; }

    /// <summary>−ln p(codes) of the rows that it was fitted to, nats, the mean per row over the epoch that is kept.</summary>
    public required double Nats { get; init; }

    /// <summary>Passes over the codes.</summary>
    public required int Epochs { get; init; }

    /// <summary>The pass whose weights are kept; 0: how often each entry is used, and nothing of what goes together.</summary>
    public required int BestEpoch { get; init; }
}
