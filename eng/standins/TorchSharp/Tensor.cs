using System.Runtime.InteropServices;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A native tensor and what can be asked of it; Tensor.Operators.cs has what can be done with it.</summary>
    public partial class Tensor : IDisposable
    {
        private static long _totalCount;
        private nint _handle;

        /// <summary>Takes over a native tensor.</summary>
        internal Tensor(nint handle)
        {
            _handle = handle;
            Interlocked.Increment(ref _totalCount);
            OwningDisposeScope = DisposeScopeManager.ThreadSingleton.CurrentDisposeScope;
            OwningDisposeScope?.Disposables.Add(this);
        }

        ~Tensor() => Dispose(false);

        public static long TotalCount => _totalCount;
        public nint Handle => _handle != 0 ? _handle : throw new InvalidOperationException("The tensor has been disposed.");
        public ScalarType dtype => (ScalarType)Describe().DType;

        public Device device
        {
            get
            {
                var description = Describe();
                return new((DeviceType)description.DeviceType, description.DeviceIndex);
            }
        }

        public unsafe long[] shape
        {
            get
            {
                var description = Describe();
                var sizes = new ReadOnlySpan<long>(description.Sizes, description.Dimensions).ToArray();
                GC.KeepAlive(this);
                return sizes;
            }
        }

        public Tensor? grad
        {
            get
            {
                var gradient = Native.shim_grad(Handle);
                GC.KeepAlive(this);
                return gradient == 0 ? null : new Tensor(gradient);
            }

            set
            {
                Native.Check(Native.shim_set_grad(Handle, value?.Handle ?? 0));
                GC.KeepAlive((this, value));
            }
        }

        public unsafe Span<byte> bytes
        {
            get
            {
                var description = Describe();
                return new(description.Data, checked((int)(description.Elements * SizeOf((ScalarType)description.DType))));
            }
        }

        public bool requires_grad => Describe().RequiresGradient != 0;

        internal DisposeScope? OwningDisposeScope { get; private set; }

        public long numel() => Describe().Elements;

        public long size(int dim)
        {
            var sizes = shape;
            return dim >= -sizes.Length && dim < sizes.Length
                ? sizes[dim < 0 ? dim + sizes.Length : dim]
                : throw new ExternalException($"There is no dimension {dim} in a tensor of {sizes.Length} dimensions.");
        }

        public T item<T>()
            where T : unmanaged =>
            numel() == 1 ? data<T>().ToArray()[0] : throw new ArgumentException("Only a tensor of one element is an item.");

        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            if (ScalarTypeOf<T>() != dtype)
                throw new ArgumentException($"The elements are {dtype}, not {typeof(T).Name}.");
            return new TensorAccessor<T>(device.type == DeviceType.CPU ? this : cpu());
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Disposables.Remove(this);
            OwningDisposeScope = null;
            return this;
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (_handle == 0)
                return;
            DetachFromDisposeScope();
            Interlocked.Decrement(ref _totalCount);
            Native.shim_dispose(_handle);
            _handle = 0;
        }

        internal unsafe Native.Description Describe()
        {
            Native.Description description;
            Native.shim_describe(Handle, &description);
            GC.KeepAlive(this);
            return description;
        }
    }

    public enum ScalarType : sbyte
    {
        Byte = 0,
        Int64 = 4,
        Float32 = 6,
        Float64 = 7,
        Bool = 11,
    }

    private static int SizeOf(ScalarType type) => type switch
    {
        ScalarType.Float32 => sizeof(float),
        ScalarType.Int64 or ScalarType.Float64 => sizeof(double),
        _ => sizeof(byte),
    };

    /// <summary>The element type that holds a <typeparamref name="T"/>.</summary>
    private static ScalarType ScalarTypeOf<T>() => default(T) switch
    {
        float => ScalarType.Float32,
        double => ScalarType.Float64,
        _ => throw new NotSupportedException($"The stand-in for TorchSharp has no tensors of {typeof(T).Name}."),
    };
}
