namespace TorchSharp;

public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
}

public static partial class torch
{
    public class Device(DeviceType deviceType, int index = -1)
    {
        public DeviceType type { get; } = deviceType;
        public int index { get; } = index;

        public override string ToString()
        {
            var name = type.ToString().ToLowerInvariant();
            return type == DeviceType.CPU || index == -1 ? name : $"{name}:{index}";
        }
    }
}
