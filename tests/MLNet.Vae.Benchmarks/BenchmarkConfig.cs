using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace MLNet.Vae.Benchmarks;

/// <summary>Runs in this process, so that what is measured was built with the dependencies that this program was built with.</summary>
internal sealed class BenchmarkConfig : ManualConfig
{
    private const int Warmups = 3, Iterations = 10;

    public BenchmarkConfig()
    {
        Add(DefaultConfig.Instance);
        AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(Warmups).WithIterationCount(Iterations));
        AddColumn(StatisticColumn.Median);
    }
}
