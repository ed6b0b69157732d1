using System.Buffers.Binary;
using System.IO.Compression;

namespace MLNet.Vae.Benchmarks.Numbers;

/// <summary>Handwritten digits (LeCun et al. 1998), from IDX files, gzipped or not.</summary>
/// <param name="Images">Pixels in [0, 1], <c>[rows, 784]</c>, row-major, each picture from the top down.</param>
/// <param name="Labels">0 to 9, <c>[rows]</c>.</param>
internal sealed record Mnist(float[] Images, float[] Labels)
{
    public const int Side = 28, Pixels = Side * Side;

    private const float White = 255;

    public int Rows => Labels.Length;

    /// <summary>The 60,000 to train on.</summary>
    /// <param name="folder">Where the four files lie.</param>
    public static Mnist Train(string folder) => Read(folder, "train");

    /// <summary>The 10,000 to test on.</summary>
    /// <param name="folder">Where the four files lie.</param>
    public static Mnist Test(string folder) => Read(folder, "t10k");

    public Mnist Take(int rows) => rows >= Rows ? this : new(Images[..(rows * Pixels)], Labels[..rows]);

    /// <summary>
    /// Each pixel drawn once, 1 with its own intensity as probability (Salakhutdinov and Murray 2008): what likelihoods of different papers
    /// are compared on.
    /// </summary>
    public Mnist Binarised(int seed)
    {
        var random = new Random(seed);
        return this with { Images = Array.ConvertAll(Images, pixel => random.NextSingle() < pixel ? 1f : 0) };
    }

    private static Mnist Read(string folder, string part)
    {
        var images = Idx(Path.Combine(folder, $"{part}-images-idx3-ubyte"));
        var labels = Idx(Path.Combine(folder, $"{part}-labels-idx1-ubyte"));
        return new(Array.ConvertAll(images, value => value / White), Array.ConvertAll(labels, value => (float)value));
    }

    /// <summary>Two zeros, the type (8: bytes), the number of dimensions, their lengths big-endian, the values.</summary>
    private static byte[] Idx(string path)
    {
        const int bytes = 0x08, lengthSize = 4;
        var plain = File.Exists(path);
        using var file = File.OpenRead(plain ? path : path + ".gz");
        using Stream content = plain ? file : new GZipStream(file, CompressionMode.Decompress);
        var head = new byte[lengthSize];
        content.ReadExactly(head);
        if (head is not [0, 0, bytes, var dimensions])
            throw new InvalidDataException($"'{file.Name}' is no IDX file of bytes.");
        var count = 1;
        for (var i = 0; i < dimensions; i++)
        {
            content.ReadExactly(head);
            count *= BinaryPrimitives.ReadInt32BigEndian(head);
        }
        var values = new byte[count];
        content.ReadExactly(values);
        return values;
    }
}
