using System.Collections.Concurrent;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Calls libtorch's operators by the names of its native_functions.yaml ("add.Tensor"). Arguments left out take their defaults.
/// </summary>
internal static unsafe class Aten
{
    private static readonly ConcurrentDictionary<string, nint> Operators = new();

    /// <summary>Calls an operator that gives one tensor.</summary>
    internal static Tensor Call(string op, params ReadOnlySpan<Arg> arguments)
    {
        NativeValue* results;
        Invoke(op, arguments, &results);
        return new Tensor((nint)results->Bits);
    }

    /// <summary>Calls an operator that gives several tensors.</summary>
    internal static Tensor[] CallMany(string op, params ReadOnlySpan<Arg> arguments)
    {
        NativeValue* results;
        var tensors = new Tensor[Invoke(op, arguments, &results)];
        for (var i = 0; i < tensors.Length; i++)
            tensors[i] = new Tensor((nint)results[i].Bits);
        return tensors;
    }

    /// <summary>Calls an operator that gives a number or a truth value.</summary>
    internal static NativeValue CallValue(string op, params ReadOnlySpan<Arg> arguments)
    {
        NativeValue* results;
        Invoke(op, arguments, &results);
        return *results;
    }

    /// <summary>Calls an operator that changes its first argument and gives it back; the result is not needed.</summary>
    internal static void CallInPlace(string op, params ReadOnlySpan<Arg> arguments) => Invoke(op, arguments, null);

    private static int Invoke(string op, ReadOnlySpan<Arg> arguments, NativeValue** results)
    {
        var listed = 0;
        foreach (ref readonly var argument in arguments)
            listed += argument.ListLength;
        var values = stackalloc NativeValue[arguments.Length];
        var buffer = stackalloc long[listed];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i].Write(ref values[i], ref buffer);

        var count = Native.shim_call(Operators.GetOrAdd(op, Find), values, arguments.Length, results);

        // The handles above are owned by these objects, which must outlive the call.
        foreach (ref readonly var argument in arguments)
            GC.KeepAlive(argument.Reference);
        return count < 0 ? throw Native.Error() : count;
    }

    private static nint Find(string op)
    {
        InitializeDeviceType(DeviceType.CPU);
        var dot = op.IndexOf('.');
        var handle = Native.shim_find("aten::" + (dot < 0 ? op : op[..dot]), dot < 0 ? "" : op[(dot + 1)..]);
        return handle == 0 ? throw Native.Error() : handle;
    }
}
