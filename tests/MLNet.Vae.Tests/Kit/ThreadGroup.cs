namespace MLNet.Vae.Tests.Kit;

/// <summary>A group whose ranks are threads of this process.</summary>
internal sealed class ThreadGroup : IVaeTrainingGroup
{
    // Where a rank does not come, the test is to fail rather than wait.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Meeting _meeting;

    private ThreadGroup(Meeting meeting, int rank) => (_meeting, Rank) = (meeting, rank);

    public int Rank { get; }

    public int Size => _meeting.Size;

    /// <summary>Runs the work once for each rank, and gives what each gave.</summary>
    public static async Task<T[]> Run<T>(int size, Func<IVaeTrainingGroup, T> work)
    {
        using var meeting = new Meeting(size);
        return await Task.WhenAll(Enumerable.Range(0, size).Select(rank => Task.Factory.StartNew(
            () => work(new ThreadGroup(meeting, rank)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    public void Sum(Span<float> values)
    {
        var all = _meeting.Exchange(Rank, values.ToArray());
        for (var i = 0; i < values.Length; i++)
            values[i] = all.Aggregate(0f, (sum, rank) => sum + ((float[])rank)[i]);
    }

    public void Sum(Span<double> values)
    {
        var all = _meeting.Exchange(Rank, values.ToArray());
        for (var i = 0; i < values.Length; i++)
            values[i] = all.Sum(rank => ((double[])rank)[i]);
    }

    public IReadOnlyList<byte[]> Gather(ReadOnlySpan<byte> bytes) => [.. _meeting.Exchange(Rank, bytes.ToArray()).Cast<byte[]>()];

    public void Abort(string message) => _meeting.End(message);

    private sealed class Meeting(int size) : IDisposable
    {
        private readonly Barrier _barrier = new(size);
        private readonly CancellationTokenSource _ended = new();
        private readonly Array[] _brought = new Array[size];
        private string? _message;

        public int Size => size;

        public Array[] Exchange(int rank, Array own)
        {
            _brought[rank] = own;
            Wait();
            var all = _brought.ToArray();
            Wait();
            return all;
        }

        public void End(string message)
        {
            _message ??= message;
            _ended.Cancel();
        }

        public void Dispose()
        {
            _barrier.Dispose();
            _ended.Dispose();
        }

        private void Wait()
        {
            try
            {
                if (!_barrier.SignalAndWait(Patience, _ended.Token))
                    throw new TimeoutException("A rank did not come.");
            }
            catch (OperationCanceledException)
            {
                throw new IOException(_message);
            }
        }
    }
}
