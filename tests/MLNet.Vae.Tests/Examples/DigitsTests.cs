using System.Buffers.Binary;
using System.IO.Compression;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Examples;

public class DigitsTests
{
    private const string Program = "DigitsProgram", Images = "train-images-idx3-ubyte", Labels = "train-labels-idx1-ubyte";
    private const int Count = 240, Side = 12, Classes = 3;

    [Fact]
    public async Task Makes_every_picture_of_a_folder()
    {
        using var directory = new TemporaryDirectory();
        WriteFolder(directory);

        var run = await ProgramRun.Of(Program, directory.Path, "--epochs", "2", "--latent", "3", "--output", directory.File("out"));

        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        string[] files =
        [
            "analogies.png",
            "denoised.png",
            "holes.png",
            "interpolation.png",
            "manifold.png",
            "model.zip",
            "reconstructions.png",
            "report.html",
            "samples.png",
            "styles.png",
        ];
        foreach (var file in files)
        {
            Assert.True(File.Exists(Path.Combine(directory.File("out"), file)), file);
            Assert.Contains(file, run.Output);
        }
    }

    [Theory]
    [InlineData(
        "nothing",
        "holds no pictures: expected train-images-idx3-ubyte and train-labels-idx1-ubyte, gzipped or not, as MNIST has them; found "
        + "notes.txt."
    )]
    [InlineData(
        "no labels",
        "holds pictures (train-images-idx3-ubyte) but no labels of them: expected train-labels-idx1-ubyte, gzipped or not; found "
        + "notes.txt, train-images-idx3-ubyte."
    )]
    [InlineData(
        "foreign",
        "is no IDX file of bytes: expected it to begin with 0, 0, 8 and the number of dimensions, found 104, 101, 108, 108."
    )]
    [InlineData("empty", "is no IDX file of bytes: expected it to begin with 0, 0, 8 and the number of dimensions, found an empty file.")]
    [InlineData("short header", "is truncated: its header should have 16 bytes, the file has 8. Copy it again.")]
    [InlineData("truncated", "is truncated: its header promises 34,560 values (240 x 12 x 12), it has 984. Copy it again.")]
    [InlineData("damaged gzip", "is a damaged gzip file: ")]
    [InlineData("fewer labels", "has 240 pictures and '")]
    [InlineData("labels as pictures", "should hold pictures, 3 dimensions (number, height, width); it has 1 (240).")]
    public async Task Says_what_is_wrong_with_a_folder(string fault, string expected)
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory.File("notes.txt"), "none", TestContext.Current.CancellationToken);
        var (images, labels) = (ImageFile(), LabelFile(Count));
        await Write(
            fault switch
            {
                "nothing" => null,
                "foreign" => "hello"u8.ToArray(),
                "empty" => [],
                "short header" => images[..8],
                "truncated" => images[..1_000],
                "labels as pictures" => labels,
                _ => images,
            },
            Images
        );
        await Write(
            fault switch
            {
                "nothing" or "no labels" => null,
                "fewer labels" => LabelFile(200),
                "damaged gzip" => [0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
                _ => labels,
            },
            Labels
        );

        var run = await ProgramRun.Of(Program, directory.Path, "--output", directory.File("out"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.Error);
        Assert.False(Directory.Exists(directory.File("out")));

        async Task Write(byte[]? content, string name)
        {
            if (content is not null)
                await File.WriteAllBytesAsync(directory.File(name), content);
        }
    }

    /// <summary>One file gzipped and one not.</summary>
    internal static void WriteFolder(TemporaryDirectory directory)
    {
        File.WriteAllBytes(directory.File(Labels), LabelFile(Count));
        using var zipped = new GZipStream(File.Create(directory.File(Images + ".gz")), CompressionLevel.Fastest);
        zipped.Write(ImageFile());
    }

    /// <summary>A bar that lies, stands or leans, by its class.</summary>
    private static byte[] ImageFile()
    {
        var random = new Random(1);
        return [.. Header(Count, Side, Side), .. Enumerable.Range(0, Count).SelectMany(i =>
        {
            var at = random.Next(3, Side - 3);
            return Enumerable.Range(0, Side * Side).Select(pixel => (byte)(Math.Abs((i % Classes) switch
            {
                0 => pixel / Side - at,
                1 => pixel % Side - at,
                _ => pixel / Side - pixel % Side + at - Side / 2,
            }) <= 1 ? 255 : 0));
        })];
    }

    private static byte[] LabelFile(int count) => [.. Header(count), .. Enumerable.Range(0, count).Select(i => (byte)(i % Classes))];

    private static byte[] Header(params int[] lengths)
    {
        var header = new byte[4 * (lengths.Length + 1)];
        (header[2], header[3]) = (8, (byte)lengths.Length);
        for (var i = 0; i < lengths.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 * (i + 1)), lengths[i]);
        return header;
    }
}
