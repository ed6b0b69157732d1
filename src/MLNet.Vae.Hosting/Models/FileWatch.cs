namespace MLNet.Vae.Models;

/// <summary>Tells when a file has changed and then stayed as it is for a while.</summary>
internal sealed class FileWatch : IDisposable
{
    private readonly string _path;
    private readonly TimeSpan _pollInterval, _settleTime;
    private readonly Func<FileStamp?, bool> _changed;
    private readonly CancellationTokenSource _end = new();
    // Never disposed: the watcher may raise an event after its own end.
    private readonly SemaphoreSlim _signal = new(0);
    private readonly FileSystemWatcher? _watcher;
    private readonly Task _task;

    /// <param name="path">The file.</param>
    /// <param name="known">As it is known already.</param>
    /// <param name="pollInterval">How often it is looked at where the system says nothing.</param>
    /// <param name="settleTime">How long it must stay as it is.</param>
    /// <param name="changed">
    /// Called with the file as it is, or null where it is gone; says whether that was all, or the file is to be looked at again. Throws
    /// nothing.
    /// </param>
    public FileWatch(string path, FileStamp? known, TimeSpan pollInterval, TimeSpan settleTime, Func<FileStamp?, bool> changed)
    {
        (_path, _pollInterval, _settleTime, _changed) = (path, pollInterval, settleTime, changed);
        _watcher = Watcher(path, () => _signal.Release());
        _task = Task.Run(() => Watch(known, _end.Token));
    }

    /// <summary>Waits for what is being done.</summary>
    public void Dispose()
    {
        _watcher?.Dispose();
        _end.Cancel();
        _task.GetAwaiter().GetResult();
        _end.Dispose();
    }

    private async Task Watch(FileStamp? known, CancellationToken end)
    {
        try
        {
            while (true)
            {
                await _signal.WaitAsync(_pollInterval, end).ConfigureAwait(false);
                var found = FileStamp.Of(_path);
                if (found == known)
                    continue;
                FileStamp? before;
                do
                {
                    before = found;
                    await Task.Delay(_settleTime, end).ConfigureAwait(false);
                    found = FileStamp.Of(_path);
                }
                while (found != before);
                if (found == known)
                    continue;
                if (_changed(found))
                    known = found;
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>Not every folder can be watched, as where it is another machine's: then the file is looked at now and then.</summary>
    private static FileSystemWatcher? Watcher(string path, Action signal)
    {
        var full = Path.GetFullPath(path);
        try
        {
            var watcher = new FileSystemWatcher(Path.GetDirectoryName(full)!, Path.GetFileName(full));
            watcher.Changed += (_, _) => signal();
            watcher.Created += (_, _) => signal();
            watcher.Deleted += (_, _) => signal();
            watcher.Renamed += (_, _) => signal();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception fault) when (fault is IOException or ArgumentException or PlatformNotSupportedException)
        {
            return null;
        }
    }
}
