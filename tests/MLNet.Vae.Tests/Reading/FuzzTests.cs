using System.Diagnostics;
using System.Globalization;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Reading;

/// <summary>
/// Whatever is done to a file, it is refused by one exception, at once and in little memory, or it gives what it gave; with a checksum made
/// anew it may give something else, but runs. <c>eng/fuzz.sh</c> does the same with more mutants.
/// </summary>
[Collection(AloneInProcess.Name)]
public sealed class FuzzTests(ITestOutputHelper output) : IDisposable
{
    private const int DefaultMutants = 3_000, MostFaults = 20, MutantsBetweenCollections = 100;

    private const long MostBytes = 256L << 20;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1), Hung = TimeSpan.FromSeconds(60);

    private readonly int _mutants = Setting("FUZZ_MUTANTS", DefaultMutants), _seed = Setting("FUZZ_SEED", 1);

    public void Dispose() => FuzzSubject.CleanUp();

    [Fact]
    public void Mutants_are_refused_or_run()
    {
        var subjects = FuzzSubject.All();
        // What other tests of the process have left behind is not this one's.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        var (watch, memory) = (Stopwatch.StartNew(), PeakMemory());
        var (tally, faults, first) = (new Tally(), new List<string>(), Setting("FUZZ_FIRST", 0));
        for (var number = first; number < _mutants; number++)
        {
            // How much garbage a heap lets lie that earlier tests have made large says nothing of the files.
            if (number % MutantsBetweenCollections == 0)
                GC.Collect();
            var random = new Random(unchecked((_seed * 1_000_003) + number));
            var subject = subjects[random.Next(subjects.Count)];
            var mutant = Mutant(random, subject, subjects[random.Next(subjects.Count)], out var isSealed);
            var outcome = Try(mutant);
            tally.Add(outcome);
            if (Fault(outcome, subject, mutant, isSealed) is { } fault)
                faults.Add($"Mutant {number} of seed {_seed}, of {subject.Name}: {fault}\n{outcome.Exception}");
            Assert.True(faults.Count < MostFaults, string.Join("\n\n", faults));
        }

        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
        var grown = PeakMemory() - memory;
        output.WriteLine(
            $"{_mutants} mutants of {subjects.Count} files in {watch.Elapsed.TotalSeconds:0} s: {tally}; peak memory grew by "
            + $"{grown >> 20} MiB");
        Assert.InRange(grown, 0, MostBytes);
        Assert.True(first > 0 || tally.Refused > _mutants / 2 && tally.Ran > _mutants / 50, $"The mutants try too little: {tally}");
    }

    private static byte[] Mutant(Random random, FuzzSubject subject, FuzzSubject other, out bool isSealed)
    {
        isSealed = false;
        if (subject.IsArchive)
            return ArchiveMutations.Of(random, subject.File, other.File, out isSealed);
        return random.Next(2) == 0
            ? ByteMutations.Of(random, subject.File, other.File)
            : ModelMutations.Of(random, subject.File, out isSealed);
    }

    private static Outcome Try(byte[] mutant)
    {
        var outcome = new Outcome(null, null, Hung, 0);
        // On a thread of its own, so that one that never ends is told of.
        var thread = new Thread(() =>
        {
            var (watch, used, before) = (Stopwatch.StartNew(), ProcessorTime(), GC.GetAllocatedBytesForCurrentThread());
            float[]? values = null;
            var exception = Record.Exception(() => values = FuzzSubject.Read(mutant));
            // A busy machine makes any file wait: what counts is what this one used.
            var elapsed = TimeSpan.FromTicks(Math.Min(watch.Elapsed.Ticks, (ProcessorTime() - used).Ticks));
            outcome = new(exception, values, elapsed, GC.GetAllocatedBytesForCurrentThread() - before);
        });
        thread.IsBackground = true;
        thread.Start();
        thread.Join(Hung);
        return outcome;
    }

    private static string? Fault(Outcome outcome, FuzzSubject subject, byte[] mutant, bool isSealed) => outcome switch
    {
        { Exception: not (null or InvalidDataException) } => "another exception",
        _ when outcome.Elapsed > Longest => $"{outcome.Elapsed.TotalSeconds:0.0} s",
        _ when outcome.Allocated > MostBytes + (20L * mutant.Length) => $"{outcome.Allocated >> 20} MiB",
        { Values: { } values } when !isSealed && !SameBits(values, subject.Expected) => "other values than those of the file",
        _ => null,
    };

    private static bool SameBits(float[] a, float[] b)
        => a.Select(BitConverter.SingleToInt32Bits).SequenceEqual(b.Select(BitConverter.SingleToInt32Bits));

    private static TimeSpan ProcessorTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static long PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static int Setting(string name, int otherwise)
        => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private sealed record Outcome(Exception? Exception, float[]? Values, TimeSpan Elapsed, long Allocated);

    private sealed class Tally
    {
        private TimeSpan _slowest;
        private long _largest;

        public int Refused { get; private set; }

        public int Ran { get; private set; }

        public void Add(Outcome outcome)
        {
            if (outcome.Exception is null)
                Ran++;
            else
                Refused++;
            _slowest = outcome.Elapsed > _slowest ? outcome.Elapsed : _slowest;
            _largest = Math.Max(_largest, outcome.Allocated);
        }

        public override string ToString()
            => $"{Refused} refused, {Ran} ran, the slowest {_slowest.TotalMilliseconds:0} ms, the largest {_largest >> 20} MiB";
    }
}
