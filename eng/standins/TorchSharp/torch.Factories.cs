namespace TorchSharp;

/// <summary>Functions that make tensors.</summary>
public static partial class torch
{
    public static Tensor zeros(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create("zeros", size, dtype, device, requires_grad, names);

    public static Tensor zeros(
        int size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create("zeros", [size], dtype, device, requires_grad, names);

    public static Tensor zeros(
        long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create("zeros", [size], dtype, device, requires_grad, names);

    // The literal in zeros(n, 0) would be a type without the pairs for rows and columns.
    public static Tensor zeros(
        int rows, int columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create("zeros", [rows, columns], dtype, device, requires_grad, names);

    public static Tensor zeros(
        long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create("zeros", [rows, columns], dtype, device, requires_grad, names);

    public static Tensor zeros_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Finish(Aten.Call("zeros_like", input, dtype, default, device), requires_grad, names);

    public static Tensor ones(
        int size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create("ones", [size], dtype, device, requires_grad, names);

    public static Tensor ones(
        long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create("ones", [size], dtype, device, requires_grad, names);

    public static Tensor ones(
        int rows, int columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create("ones", [rows, columns], dtype, device, requires_grad, names);

    public static Tensor empty_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Finish(Aten.Call("empty_like", input, dtype, default, device), requires_grad, names);

    public static Tensor empty(
        long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create("empty.memory_format", [rows, columns], dtype, device, requires_grad, names);

    public static Tensor rand(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        Random("rand.generator", size, dtype, device, requires_grad, generator, names);

    public static Tensor rand(
        ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        Random("rand.generator", size.ToArray(), dtype, device, requires_grad, generator, names);

    public static Tensor randn(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        Random("randn.generator", size, dtype, device, requires_grad, generator, names);

    public static Tensor randn(
        ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        Random("randn.generator", size.ToArray(), dtype, device, requires_grad, generator, names);

    public static Tensor randperm(
        long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Aten.Call("randperm.generator", n, generator, dtype ?? ScalarType.Int64, default, InitializeDevice(device));

    public static Tensor tensor(
        float[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromValues(rawArray, [rawArray.Length], dtype, device, requires_grad, names);

    public static Tensor tensor(
        float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        FromValues(rawArray, dimensions, dtype, device, requires_grad, names);

    public static Tensor tensor(
        double[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromValues(rawArray, [rawArray.Length], dtype, device, requires_grad, names);

    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => Aten.Call("cat", tensors.ToArray(), dim);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Aten.Call("where.self", condition, x, y);

    private static Tensor Create(string op, long[] size, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) =>
        Finish(Aten.Call(op, size, dtype ?? ScalarType.Float32, default, InitializeDevice(device)), requires_grad, names);

    private static Tensor Random(
        string op, long[] size, ScalarType? dtype, Device? device, bool requires_grad, Generator? generator, string[]? names) =>
        Finish(Aten.Call(op, size, generator, dtype ?? ScalarType.Float32, default, InitializeDevice(device)), requires_grad, names);

    private static unsafe Tensor FromValues<T>(
        T[] values, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
        where T : unmanaged
    {
        var count = 1L;
        foreach (var dimension in dimensions)
            count *= dimension;
        if (count > values.Length)
            throw new ArgumentException($"The dimensions hold {count} values; the array has {values.Length}.");

        var tensor = Create("empty.memory_format", dimensions.ToArray(), ScalarTypeOf<T>(), CPU, false, null);
        values.AsSpan(0, (int)count).CopyTo(new Span<T>(tensor.Describe().Data, (int)count));
        if (dtype is { } type && type != tensor.dtype)
            tensor = tensor.to_type(type, disposeAfter: true);
        if (InitializeDevice(device) is { type: not DeviceType.CPU } elsewhere)
            tensor = tensor.to(elsewhere, disposeAfter: true);
        return Finish(tensor, requires_grad, names);
    }

    private static Tensor Finish(Tensor tensor, bool requires_grad, string[]? names) => names is null or []
        ? requires_grad ? tensor.requires_grad_() : tensor
        : throw new NotSupportedException("The stand-in for TorchSharp has no named dimensions.");
}
