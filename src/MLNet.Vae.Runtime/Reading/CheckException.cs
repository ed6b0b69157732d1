namespace MLNet.Vae.Reading;

/// <summary>What a check found wrong with a file, as a clause; <see cref="ModelReader"/> says it of the file.</summary>
internal sealed class CheckException : Exception
{
    private const int LongestName = 60;

    public CheckException()
    {
    }

    public CheckException(string message) : base(message)
    {
    }

    public CheckException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>A name that the file gives, in quotes: anything may be in it, of any length.</summary>
    public static string Quoted(string name)
    {
        var start = name.Length <= LongestName ? name : $"{name[..LongestName]}…";
        return $"'{string.Concat(start.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter))}'";
    }
}
