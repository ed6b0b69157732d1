using System.Text.Json.Serialization;

namespace MLNet.Vae;

/// <summary>What was learned of which values go together in a row, given its code or alone: what rows of a table are drawn by.</summary>
public sealed record VaeRowSamplerInfo
{
    [JsonConstructor]
    internal VaeRowSamplerInfo() { }

    /// <summary>Units of each hidden layer.</summary>
    [JsonRequired]
    public int Units { get; init; }

    /// <summary>
    /// Whether fields are drawn given z too; <see langword="null"/>: they are, by a model of before there was a choice.
    /// </summary>
    public bool? GivenLatent { get; init; }

    /// <summary>
    /// −ln p(row), or −ln p(row | z) of the rows held out, z drawn from their posterior, nats per row; numbers count as bins.
    /// <see langword="null"/>: none were held out.
    /// </summary>
    public double? HeldOutNats { get; init; }

    /// <summary>The same of the rows that it was fitted to.</summary>
    [JsonRequired]
    public double Nats { get; init; }

    /// <summary>Passes over the rows.</summary>
    [JsonRequired]
    public int Epochs { get; init; }

    /// <summary>The pass whose weights are kept.</summary>
    [JsonRequired]
    public int BestEpoch { get; init; }
}
