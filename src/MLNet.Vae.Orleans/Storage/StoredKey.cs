namespace MLNet.Vae.Storage;

/// <summary>What jobs and keys may be called, so that every storage takes them and keeps them apart.</summary>
internal static class StoredKey
{
    // The scripts for databases have columns of 512.
    private const int Longest = 500;

    /// <param name="key">As storage has it.</param>
    /// <param name="what">What it is of, such as "the name of a job".</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">It is too long, or no text.</exception>
    public static string Check(string key, string what)
    {
        if (key.Length > Longest)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Expected {what} of at most {Longest} characters with what is put before it, found ")
                    + FormattableString.Invariant($"{key.Length:N0}: \"{key[..20]}…\". Give a shorter one, such as a hash of it."));
        }
        for (var i = 0; i < key.Length; i++)
        {
            var isPair = i + 1 < key.Length && char.IsSurrogatePair(key[i], key[i + 1]);
            if (key[i] == '\0' || (char.IsSurrogate(key[i]) && !isPair))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Expected {what} that is text, found U+{(int)key[i]:X4} in it, which databases do not ")
                        + "keep. Leave it out.");
            }
            i += isPair ? 1 : 0;
        }
        return key;
    }
}
