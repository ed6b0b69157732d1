namespace TorchSharp;

public static partial class torch
{
    public class Device
    {
        public Device(string description)
        {
            var parts = description.Split(':');
            type = Enum.Parse<DeviceType>(parts[0].ToUpperInvariant());
            if (parts.Length > 1)
                index = int.Parse(parts[1]);
        }

        public Device(DeviceType deviceType, int index = -1) => (type, this.index) = (deviceType, index);
        public DeviceType type { get; private set; }
        public int index { get; private set; } = -1;
        public static implicit operator Device(string description) => new(description);

        public override string ToString()
        {
            var name = type.ToString().ToLowerInvariant();
            return type == DeviceType.CPU || index == -1 ? name : $"{name}:{index}";
        }
    }
}
