using BenchmarkDotNet.Running;
using MLNet.Vae.Benchmarks;
using MLNet.Vae.Benchmarks.Speed;

if (args is ["speed", var name, ..])
    return SpeedTables.Measure(name, args.Length > 2 ? int.Parse(args[2]) : 1);
BenchmarkSwitcher.FromAssembly(typeof(BlockSizeBenchmark).Assembly).Run(args, new BenchmarkConfig());
return 0;
