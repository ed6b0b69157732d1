using System.Diagnostics;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>Another process that keeps a core busy until disposed, and ends when this one does.</summary>
internal sealed class BusyCore : IDisposable
{
    public const string Job = "spin";

    private const string Begun = "spinning";
    private readonly Process _process = Child.Open(Job);

    public BusyCore()
    {
        if (_process.StandardOutput.ReadLine() == Begun)
            return;
        _process.Dispose();
        throw new InvalidOperationException($"The job '{Job}' did not begin.");
    }

    /// <exception cref="InvalidOperationException">
    /// It has ended by itself, and what was measured meanwhile was not measured beside it.
    /// </exception>
    public void Check()
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"The job '{Job}' ended too early.");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>
    /// What the other process does: until its standard input is closed, as it is when the process that holds the other end ends.
    /// </summary>
    public static void Spin()
    {
        new Thread(Work) { IsBackground = true }.Start();
        Console.WriteLine(Begun);
        Console.In.ReadToEnd();

        static void Work()
        {
            while (true)
                Thread.SpinWait(1_000);
        }
    }
}
