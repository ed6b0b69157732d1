namespace MLNet.Vae.Tests.Reading;

/// <summary>Changes of a file as chance makes them: nothing is known of what its bytes mean.</summary>
internal static class ByteMutations
{
    public static byte[] Of(Random random, byte[] file, byte[] other) => random.Next(6) switch
    {
        0 => Flipped(random, file),
        1 => file[..random.Next(file.Length)],
        2 => Spliced(random, file, other),
        3 => [.. file[..random.Next(file.Length)], .. file[random.Next(file.Length)..]],
        4 => Numbers(random, file),
        _ => Flipped(random, Flipped(random, file)),
    };

    private static byte[] Flipped(Random random, byte[] file)
    {
        var changed = file.ToArray();
        for (var i = random.Next(1, 9); i > 0 && changed.Length > 0; i--)
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
        return changed;
    }

    /// <summary>Some bytes of another file, in place of as many or between two.</summary>
    private static byte[] Spliced(Random random, byte[] file, byte[] other)
    {
        var start = random.Next(other.Length);
        var piece = other[start..Math.Min(other.Length, start + random.Next(1, 200))];
        var at = random.Next(file.Length);
        return [.. file[..at], .. piece, .. file[Math.Min(file.Length, at + (random.Next(2) * piece.Length))..]];
    }

    /// <summary>Lengths and counts that are as large as they can be.</summary>
    private static byte[] Numbers(Random random, byte[] file)
    {
        var changed = file.ToArray();
        var at = random.Next(changed.Length);
        changed.AsSpan(at, Math.Min(random.Next(1, 9), changed.Length - at)).Fill((byte)(random.Next(2) == 0 ? 0xFF : 0x7F));
        return changed;
    }
}
