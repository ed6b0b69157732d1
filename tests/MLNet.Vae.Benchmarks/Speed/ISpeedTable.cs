namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>One measurement of speed beside rivals.</summary>
internal interface ISpeedTable
{
    /// <summary>What the command line calls it.</summary>
    string Name { get; }

    /// <summary>Measures and writes a table in Markdown.</summary>
    /// <param name="to">Where the table goes.</param>
    /// <param name="threads">Threads of torch and of ONNX Runtime.</param>
    void Measure(TextWriter to, int threads);
}
