using Google.Protobuf;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;

namespace MLNet.Vae.Tests.Reading;

/// <summary>A model's file, changed by somebody who knows how files are written: the checksum is that of the changed file.</summary>
internal static class ChangedModel
{
    public static byte[] Of(byte[] onnx, Action<ModelProto> change)
    {
        var file = ModelProto.Parser.ParseFrom(onnx);
        change(file);
        return Sealed(file);
    }

    public static byte[] Sealed(ModelProto file)
    {
        foreach (var entry in file.MetadataProps.Where(entry => entry.Key == MetadataKeys.Checksum).ToArray())
            file.MetadataProps.Remove(entry);
        ModelFile.Seal(file);
        return file.ToByteArray();
    }

    public static StringStringEntryProto Entry(ModelProto file, string key) => file.MetadataProps.Single(entry => entry.Key == key);

    /// <summary>The same message with a field that the schema here has not, of bytes: what other tools write.</summary>
    public static T With<T>(T message, int field, byte[] content) where T : IMessage<T>
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            message.WriteTo(output);
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(content));
        }
        return (T)message.Descriptor.Parser.ParseFrom(stream.ToArray());
    }
}
