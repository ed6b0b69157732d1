namespace MLNet.Vae.Benchmarks.Numbers;

/// <summary>What all tables are told.</summary>
/// <param name="Data">The folder of data sets.</param>
/// <param name="Full">
/// Whether to take the time that the figures deserve; otherwise all tables together take less than ten minutes on two cores.
/// </param>
/// <param name="Threads">Of torch.</param>
/// <param name="Progress">Told what is being measured.</param>
internal sealed record NumbersOptions(DirectoryInfo Data, bool Full, int Threads, Action<string> Progress)
{
    public string Path(string file) => System.IO.Path.Combine(Data.FullName, file);
}
