using static TorchSharp.torch;

namespace MLNet.Vae.Training;

/// <summary>
/// A number of threads for what this thread asks of torch, until disposed; then the number is what it was. Torch keeps a number for each
/// thread that has used it, and one that threads start with which have not: only the first changes, so fits side by side have each their
/// own, and no other work in the process has another than it would have had. Disposed on the thread that made it.
/// </summary>
internal sealed class TorchThreads : IDisposable
{
    private static readonly Lock Gate = new();

    private readonly int _before;

    public TorchThreads(int count)
    {
        lock (Gate)
        {
            // Not while another fit has changed what new threads start with, which this may be.
            _before = get_num_threads();
            Set(count);
        }
    }

    public void Dispose()
    {
        lock (Gate)
            Set(_before);
    }

    private static void Set(int count)
    {
        if (get_num_threads() == count)
            return;
        // set_num_threads changes both numbers, of its own thread and of those to come: a thread to come tells the latter, and puts it
        // back.
        var toCome = 0;
        OnNewThread(() => toCome = get_num_threads());
        set_num_threads(count);
        if (toCome != count)
            OnNewThread(() => set_num_threads(toCome));
    }

    private static void OnNewThread(Action work)
    {
        var thread = new Thread(() => work()) { IsBackground = true, Name = nameof(TorchThreads) };
        thread.Start();
        thread.Join();
    }
}
