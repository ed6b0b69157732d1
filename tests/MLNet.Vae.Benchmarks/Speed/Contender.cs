namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>One side of a race.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Run">Does the work once and returns the seconds that count.</param>
internal sealed record Contender(string Name, Func<double> Run);
