namespace TorchSharp;

public static partial class torch
{
    public class Generator : IDisposable
    {
        public Generator(ulong seed = 0, Device? device = null)
        {
            Handle = Native.shim_generator(seed);
            InitializeDevice(device);
        }

        ~Generator() => Dispose(false);

        public nint Handle { get; private set; }

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
}
