using System.Text;
using System.Text.Json;
using MLNet.Vae.Checkpoints;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Checkpoints;

/// <summary>The format as its specification has it.</summary>
public class SafetensorsFileTests
{
    [Fact]
    public void The_header_says_what_lies_where()
    {
        using var weights = tensor(new float[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);
        using var state = tensor(new byte[] { 7, 8 });
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, new Dictionary<string, string> { ["a"] = "b" }, [("weights", weights), ("state", state)]);

        var bytes = stream.ToArray();
        var length = (int)BitConverter.ToInt64(bytes);
        Assert.Equal(0, (sizeof(long) + length) % 8);
        using var header = JsonDocument.Parse(Encoding.UTF8.GetString(bytes, sizeof(long), length));
        var entry = header.RootElement.GetProperty("weights");
        Assert.Equal("F32", entry.GetProperty("dtype").GetString());
        Assert.Equal([2, 3], entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()));
        Assert.Equal([0, 24], entry.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt32()));
        Assert.Equal("U8", header.RootElement.GetProperty("state").GetProperty("dtype").GetString());
        Assert.Equal("b", header.RootElement.GetProperty("__metadata__").GetProperty("a").GetString());
        var values = bytes.AsSpan(sizeof(long) + length);
        Assert.Equal(6f, BitConverter.ToSingle(values[20..]));
        Assert.Equal([7, 8], values[24..].ToArray());
    }
}
