namespace TorchSharp;

/// <summary>Disposes, at its end, of the tensors made on its thread while it was the innermost scope.</summary>
public sealed class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager _manager;
    internal DisposeScope(DisposeScopeManager manager) => (_manager, OuterScope) = (manager, manager.CurrentDisposeScope);
    internal DisposeScope? OuterScope { get; set; }
    internal HashSet<IDisposable> Disposables { get; private set; } = new(ReferenceEqualityComparer.Instance);

    public void Dispose()
    {
        // Each tensor removes itself from the set, which must not disturb the loop.
        var all = Disposables;
        Disposables = new(ReferenceEqualityComparer.Instance);
        foreach (var disposable in all)
            disposable.Dispose();
        _manager.RemoveDisposeScope(this);
    }
}

/// <summary>The dispose scopes of one thread, innermost first.</summary>
internal sealed class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? _threadSingleton;
    internal static DisposeScopeManager ThreadSingleton => _threadSingleton ??= new DisposeScopeManager();
    internal DisposeScope? CurrentDisposeScope { get; private set; }
    internal DisposeScope NewDisposeScope() => CurrentDisposeScope = new DisposeScope(this);

    internal void RemoveDisposeScope(DisposeScope scope)
    {
        if (CurrentDisposeScope == scope)
        {
            CurrentDisposeScope = scope.OuterScope;
            return;
        }
        for (var inner = CurrentDisposeScope; inner is not null; inner = inner.OuterScope)
        {
            if (inner.OuterScope == scope)
                inner.OuterScope = scope.OuterScope;
        }
    }
}

public static partial class torch
{
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.ThreadSingleton.NewDisposeScope();
}
