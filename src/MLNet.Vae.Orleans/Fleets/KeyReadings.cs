namespace MLNet.Vae.Fleets;

/// <summary>The last readings of a key, as storage keeps them: written by and by.</summary>
[GenerateSerializer, Alias("MLNet.Vae.KeyReadings")]
internal sealed class KeyReadings
{
    /// <summary>Numbers of a reading; 0: there was none yet.</summary>
    [Id(0)]
    public int Width { get; set; }

    /// <summary>Readings that were seen.</summary>
    [Id(1)]
    public long Seen { get; set; }

    /// <summary>The last of them, the oldest first: as bytes, which take less room in storage than numbers.</summary>
    [Id(2)]
    public byte[] Bytes { get; set; } = [];
}
