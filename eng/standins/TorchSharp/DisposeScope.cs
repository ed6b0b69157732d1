using static TorchSharp.torch;

namespace TorchSharp;

public sealed class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager _manager;
    private HashSet<IDisposable> _disposables = new(ReferenceEqualityComparer.Instance);
    private bool _disposed;
    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outerScope) => (_manager, OuterScope) = (manager, outerScope);
    internal DisposeScope? OuterScope { get; set; }
    public IReadOnlyList<IDisposable> DisposablesView => [.. Live];
    public int DisposablesCount => Live.Count;
    private HashSet<IDisposable> Live => _disposed ? throw new ObjectDisposedException(GetType().FullName) : _disposables;

    public T MoveToOuter<T>(T disposable)
        where T : IDisposable
    {
        MoveToOuter([disposable]);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable
    {
        MoveToOuter([first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable
    {
        MoveToOuter([first, second, third]);
        return (first, second, third);
    }

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
        {
            if (Live.Remove(disposable))
                SetOwner(disposable, OuterScope);
        }
    }

    public T Detach<T>(T disposable)
        where T : IDisposable
    {
        Detach([disposable]);
        return disposable;
    }

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable
    {
        Detach([first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable
    {
        Detach([first, second, third]);
        return (first, second, third);
    }

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
        {
            if (Live.Remove(disposable))
                SetOwner(disposable, null);
        }
    }

    public bool Contains(IDisposable disposable) => _disposables.Contains(disposable);

    public void DisposeEverything()
    {
        var all = Live;
        _disposables = new(ReferenceEqualityComparer.Instance);
        foreach (var disposable in all)
            disposable.Dispose();
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        DisposeEverything();
        _manager.Remove(this);
        _disposed = true;
    }

    public void MarkAsDisposed(IDisposable disposable)
    {
        Live.Remove(disposable);
        if (disposable is Tensor tensor)
            tensor.OwningDisposeScope = null;
    }

    internal void Add(Tensor tensor) => Live.Add(tensor);

    /// <summary>Puts <paramref name="replacement"/> where <paramref name="original"/> was registered, if it was.</summary>
    internal static void ReplaceWith(Tensor original, Tensor replacement)
    {
        var scope = original.OwningDisposeScope;
        if (scope is null || !scope._disposables.Remove(original))
            return;
        original.OwningDisposeScope = null;
        SetOwner(replacement, scope);
    }

    private static void SetOwner(IDisposable disposable, DisposeScope? scope)
    {
        var tensor = (Tensor)disposable;
        scope?._disposables.Add(tensor);
        tensor.OwningDisposeScope = scope;
    }
}
