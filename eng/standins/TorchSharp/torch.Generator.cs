namespace TorchSharp;

public static partial class torch
{
    public class Generator : IDisposable
    {
        public Generator(ulong seed = 0, Device? device = null)
            : this(Native.shim_generator(seed)) => this.device = device ?? CPU;

        internal Generator(nint nativeHandle)
        {
            Handle = nativeHandle;
            device = CPU;
        }

        ~Generator() => Dispose(false);

        public static Generator Default => new(Native.shim_default_generator());
        public nint Handle { get; private set; }
        public Device device { get; private set; }

        public Generator manual_seed(long seed)
        {
            Native.shim_seed(Handle, (ulong)seed);
            return this;
        }

        public long initial_seed() => (long)Native.shim_current_seed(Handle);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (Handle != 0)
                Native.shim_dispose_generator(Handle);
            Handle = 0;
        }
    }

    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    public static partial class random
    {
        public static Generator manual_seed(long seed) => Generator.Default.manual_seed(seed);
    }
}
