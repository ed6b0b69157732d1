Console.WriteLine("MLNet.Vae.Benchmarks");
