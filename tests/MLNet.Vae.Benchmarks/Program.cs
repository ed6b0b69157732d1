using System.CommandLine;
using BenchmarkDotNet.Running;
using MLNet.Vae.Benchmarks;
using MLNet.Vae.Benchmarks.Numbers;
using MLNet.Vae.Benchmarks.Speed;

var bench = new Command("bench", "Runs benchmarks; all that follows goes to BenchmarkDotNet, such as --filter '*'.")
{
    TreatUnmatchedTokensAsErrors = false,
};
bench.SetAction(parsed =>
{
    var summaries = BenchmarkSwitcher
        .FromAssembly(typeof(BlockSizeBenchmark).Assembly)
        .Run([.. parsed.UnmatchedTokens], new BenchmarkConfig());
    return summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
});

return new RootCommand("Speed, and figures to compare with others'.")
{
    bench,
    NumbersCommand.Create(),
    SpeedCommand.Create(),
    ChildJobs.Create(),
}
    .Parse(args)
    .Invoke();
