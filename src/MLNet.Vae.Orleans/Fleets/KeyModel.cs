namespace MLNet.Vae.Fleets;

/// <summary>The model of a key, as storage keeps it: written each time that one is trained.</summary>
[GenerateSerializer, Alias("MLNet.Vae.KeyModel")]
internal sealed class KeyModel
{
    /// <summary>A scorer.onnx; empty: there is none.</summary>
    [Id(0)]
    public byte[] Onnx { get; set; } = [];

    /// <summary>The how many-th.</summary>
    [Id(1)]
    public int Version { get; set; }

    /// <summary>Readings that the key had seen.</summary>
    [Id(2)]
    public long TrainedAt { get; set; }
}
