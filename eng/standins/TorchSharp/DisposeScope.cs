using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Disposes, at its end, of the tensors made on its thread while it was the innermost scope.</summary>
public sealed class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager _manager;
    private HashSet<Tensor> _tensors = new(ReferenceEqualityComparer.Instance);
    internal DisposeScope(DisposeScopeManager manager) => (_manager, OuterScope) = (manager, manager.CurrentDisposeScope);
    internal DisposeScope? OuterScope { get; set; }
    internal void Add(Tensor tensor) => _tensors.Add(tensor);
    internal void Remove(Tensor tensor) => _tensors.Remove(tensor);

    public void Dispose()
    {
        // Each tensor removes itself, which must not disturb the loop.
        var all = _tensors;
        _tensors = new(ReferenceEqualityComparer.Instance);
        foreach (var tensor in all)
            tensor.Dispose();
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
