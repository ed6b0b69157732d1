using System.Collections.Concurrent;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Calls libtorch's operators by the names of its native_functions.yaml ("add.Tensor"). Arguments left out take their defaults.
/// </summary>
internal static unsafe class Aten
{
    private static readonly ConcurrentDictionary<string, nint> Operators = new();

    /// <summary>Calls an operator that gives a tensor.</summary>
    internal static Tensor Call(string op, params ReadOnlySpan<Arg> arguments)
    {
        long result;
        Invoke(op, arguments, &result, 1);
        return new Tensor((nint)result);
    }

    /// <summary>Calls an operator that gives two tensors.</summary>
    internal static (Tensor First, Tensor Second) CallPair(string op, params ReadOnlySpan<Arg> arguments)
    {
        var results = stackalloc long[2];
        Invoke(op, arguments, results, 2);
        return (new Tensor((nint)results[0]), new Tensor((nint)results[1]));
    }

    /// <summary>Calls an operator that gives a truth value.</summary>
    internal static bool Test(string op, params ReadOnlySpan<Arg> arguments)
    {
        long result;
        Invoke(op, arguments, &result, 1);
        return result != 0;
    }

    /// <summary>Calls an operator whose result is not needed: nothing, or the first argument, changed.</summary>
    internal static void Run(string op, params ReadOnlySpan<Arg> arguments) => Invoke(op, arguments, null, 0);

    private static void Invoke(string op, ReadOnlySpan<Arg> arguments, long* results, int resultCount)
    {
        var listed = 0;
        foreach (ref readonly var argument in arguments)
            listed += argument.List?.Length ?? 0;
        var values = stackalloc Native.Value[arguments.Length];
        var list = stackalloc long[listed];
        for (var i = 0; i < arguments.Length; i++)
        {
            values[i] = new() { Kind = arguments[i].Kind, Bits = arguments[i].Bits };
            if (arguments[i].List is not { } elements)
                continue;
            elements.CopyTo(new Span<long>(list, elements.Length));
            (values[i].Length, values[i].Bits) = (elements.Length, (long)list);
            list += elements.Length;
        }

        Native.Check(Native.shim_call(Operators.GetOrAdd(op, Find), values, arguments.Length, results, resultCount));
        foreach (ref readonly var argument in arguments)
            GC.KeepAlive(argument.Owner);
    }

    private static nint Find(string op)
    {
        var (name, overload) = op.Split('.') is [var before, var after] ? (before, after) : (op, "");
        var handle = Native.shim_find("aten::" + name, overload);
        return handle == 0 ? throw Native.Error() : handle;
    }
}
