using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor : IDisposable
    {
        private static long _totalCount;
        private nint _handle;

        /// <summary>Takes over a native tensor; <paramref name="register"/> puts it into the current dispose scope.</summary>
        internal Tensor(nint handle, bool register = true)
        {
            _handle = handle;
            Interlocked.Increment(ref _totalCount);
            if (!register || DisposeScopeManager.Current.CurrentDisposeScope is not { } scope)
                return;
            OwningDisposeScope = scope;
            scope.Add(this);
        }

        ~Tensor() => Dispose(false);

        public static long TotalCount => _totalCount;
        public nint Handle => _handle != 0 ? _handle : throw new InvalidOperationException("The tensor has been disposed.");
        public bool IsInvalid => _handle == 0;
        public long Dimensions => Describe().Dimensions;
        public long NumberOfElements => Describe().Elements;
        public long ElementSize => Describe().ElementSize;
        public long ndim => Dimensions;
        public ScalarType dtype => (ScalarType)Describe().DType;
        public DeviceType device_type => (DeviceType)Describe().DeviceType;
        public int device_index => Describe().DeviceIndex;
        public Device device => device_type == DeviceType.CPU ? new Device(DeviceType.CPU) : new Device(device_type, device_index);
        public bool is_leaf => (Describe().Flags & Native.IsLeaf) != 0;

        public bool requires_grad
        {
            get => (Describe().Flags & Native.RequiresGrad) != 0;
            set
            {
                Native.Check(Native.shim_set_requires_grad(Handle, value ? (byte)1 : (byte)0));
                GC.KeepAlive(this);
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

        public long[] shape => size();

        /// <summary>The tensor's memory, not a copy of it; valid while the tensor lives.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                var description = Describe();
                if ((description.Flags & Native.IsContiguous) == 0)
                    throw new InvalidOperationException("The bytes of a tensor that is not contiguous have no order.");
                if (description.DeviceType != (int)DeviceType.CPU)
                    throw new InvalidOperationException("Only a tensor in CPU memory has bytes to read.");
                var length = description.Elements * description.ElementSize;
                if (length > int.MaxValue)
                    throw new ArgumentException("A span holds no more than int.MaxValue bytes.");
                return new Span<byte>(description.Data, (int)length);
            }

            set
            {
                var target = bytes;
                if (target.Length != value.Length)
                    throw new ArgumentException($"The tensor has {target.Length} bytes, the span {value.Length}.");
                value.CopyTo(target);
            }
        }

        internal DisposeScope? OwningDisposeScope { get; set; }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public long dim() => Dimensions;
        public long numel() => NumberOfElements;
        public long element_size() => ElementSize;
        public bool is_contiguous() => (Describe().Flags & Native.IsContiguous) != 0;

        public unsafe long size(int dim)
        {
            var sizes = size();
            return dim >= -sizes.Length && dim < sizes.Length
                ? sizes[dim < 0 ? dim + sizes.Length : dim]
                : throw new System.Runtime.InteropServices.ExternalException($"There is no dimension {dim} in a tensor of {sizes.Length} dimensions.");
        }

        public unsafe long[] size()
        {
            var description = Describe();
            var sizes = new ReadOnlySpan<long>(description.Sizes, (int)description.Dimensions).ToArray();
            GC.KeepAlive(this);
            return sizes;
        }

        public unsafe long[] stride()
        {
            var description = Describe();
            var strides = new ReadOnlySpan<long>(description.Strides, (int)description.Dimensions).ToArray();
            GC.KeepAlive(this);
            return strides;
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        public void backward() => autograd.backward([this]);
        public Tensor alias() => new(Native.shim_alias(Handle));

        public Scalar ToScalar()
        {
            var value = Aten.CallValue("item", this);
            return value.Kind switch
            {
                Kind.Real => BitConverter.Int64BitsToDouble(value.Bits),
                Kind.Boolean => value.Bits != 0,
                _ => value.Bits,
            };
        }

        public T item<T>()
            where T : unmanaged =>
            NumberOfElements == 1 ? data<T>()[0] : throw new ArgumentException("Only a tensor of one element is an item.");

        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            var expected = dtype;
            if (ScalarTypeOf<T>() != expected)
                throw new ArgumentException($"The elements are {expected}, not {typeof(T).Name}.");
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        protected virtual void Dispose(bool disposing)
        {
            if (_handle == 0)
                return;
            OwningDisposeScope?.MarkAsDisposed(this);
            Interlocked.Decrement(ref _totalCount);
            Native.shim_dispose(_handle);
            _handle = 0;
        }

        /// <summary>Gives the native tensor away. As in the real library, the count does not fall.</summary>
        internal nint MoveHandle()
        {
            var handle = _handle;
            _handle = 0;
            return handle;
        }

        internal unsafe Native.Description Describe()
        {
            Native.Description description;
            Native.shim_describe(Handle, &description);
            GC.KeepAlive(this);
            return description;
        }
    }

    /// <summary>The element type that holds a <typeparamref name="T"/>.</summary>
    internal static ScalarType ScalarTypeOf<T>() => default(T) switch
    {
        float => ScalarType.Float32,
        double => ScalarType.Float64,
        long => ScalarType.Int64,
        int => ScalarType.Int32,
        short => ScalarType.Int16,
        sbyte => ScalarType.Int8,
        byte => ScalarType.Byte,
        bool => ScalarType.Bool,
        Half => ScalarType.Float16,
        _ => throw new ArgumentException($"There are no tensors of {typeof(T).Name}."),
    };
}
