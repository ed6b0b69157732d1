namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>What a job tells of itself.</summary>
/// <param name="Seconds">That the work took, without the start of the process.</param>
/// <param name="BeforeMiB">Memory of the process before the work, at its peak.</param>
/// <param name="PeakMiB">And after it.</param>
/// <param name="Value">A figure of the job.</param>
internal sealed record ChildResult(double Seconds, double BeforeMiB, double PeakMiB, double Value);
