using BenchmarkDotNet.Running;
using MLNet.Vae.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(BlockSizeBenchmark).Assembly).Run(args, new BenchmarkConfig());
