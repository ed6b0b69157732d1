namespace MLNet.Vae.Tests.Onnx;

/// <summary>Files on disk: all three, or none, or those that were there.</summary>
public class ExportTests
{
    private const string NeedsMount = "Mounting a disk of its own needs Linux and the right to mount.";

    private static readonly string[] ThreeFiles = ["decoder.onnx", "encoder.onnx", "scorer.onnx"];

    private static readonly VaeModel Small = new RandomNetwork().Model();

    /// <summary>Its encoder fits on a disk of 64 KiB, the rest does not.</summary>
    private static readonly VaeModel Large = new RandomNetwork { Features = 100, Hidden = [90] }.Model();

    [Fact]
    public void A_directory_gets_the_three_graphs()
    {
        using var folder = new TemporaryFolder();
        var directory = Path.Combine(folder.Path, "a", "b");

        Small.ExportOnnx(directory);
        Small.ExportOnnx(directory);

        Assert.Equal(ThreeFiles, Directory.GetFiles(directory).Select(f => Path.GetFileName(f)).Order());
        Assert.Equal(Small.ToOnnx(VaeGraph.Decoder), File.ReadAllBytes(Path.Combine(directory, "decoder.onnx")));
        Assert.Equal(Small.ToOnnx(VaeGraph.Scorer), VaeModel.Load(Path.Combine(directory, "scorer.onnx")).ToOnnx(VaeGraph.Scorer));
        Assert.False(VaeModel.Load(Path.Combine(directory, "encoder.onnx")).IsComplete);
    }

    [Fact]
    public void A_stream_gets_one_graph_and_stays_open()
    {
        using var stream = new MemoryStream();
        stream.WriteByte(0);

        Small.ExportOnnx(VaeGraph.Encoder, stream);

        Assert.Equal([0, .. Small.ToOnnx(VaeGraph.Encoder)], stream.ToArray());
    }

    [Fact]
    public void A_full_disk_keeps_no_half_written_file()
    {
        using var folder = new TemporaryFolder();
        Assert.SkipUnless(folder.TryMount("size=64k"), NeedsMount);

        var error = Assert.Throws<IOException>(() => Large.ExportOnnx(folder.Path));

        Assert.Empty(folder.Names);
        Assert.StartsWith(
            $"The model could not be written to '{Path.Combine(folder.Path, "decoder.onnx")}': ",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            " Choose a directory that exists or can be made, is writable and has room.",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.IsType<IOException>(error.InnerException);
    }

    [Fact]
    public void A_full_disk_keeps_the_earlier_export()
    {
        using var folder = new TemporaryFolder();
        Assert.SkipUnless(folder.TryMount("size=96k"), NeedsMount);
        Small.ExportOnnx(folder.Path);

        Assert.Throws<IOException>(() => Large.ExportOnnx(folder.Path));

        Assert.Equal(ThreeFiles, folder.Names);
        Assert.Equal(Small.ToOnnx(VaeGraph.Scorer), File.ReadAllBytes(Path.Combine(folder.Path, "scorer.onnx")));
        Assert.Equal(Small.ToOnnx(VaeGraph.Encoder), File.ReadAllBytes(Path.Combine(folder.Path, "encoder.onnx")));
    }

    [Fact]
    public void A_directory_that_cannot_be_written_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.SkipUnless(folder.TryForbidWriting(), NeedsMount);

        var error = Assert.Throws<IOException>(() => Small.ExportOnnx(folder.Path));

        Assert.StartsWith(
            $"The model could not be written to '{Path.Combine(folder.Path, "encoder.onnx")}': ",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.NotNull(error.InnerException);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_file_in_the_directory_s_place_is_named()
    {
        using var folder = new TemporaryFolder();
        var taken = Path.Combine(folder.Path, "taken");
        File.WriteAllText(taken, "mine");

        var error = Assert.Throws<IOException>(() => Small.ExportOnnx(taken));

        Assert.StartsWith($"The model could not be written to '{taken}': ", error.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(taken));
    }

    [Fact]
    public void A_directory_in_a_file_s_place_leaves_no_temporary_file()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "encoder.onnx", "inner"));

        var error = Assert.Throws<IOException>(() => Small.ExportOnnx(folder.Path));

        Assert.Contains($"'{Path.Combine(folder.Path, "encoder.onnx")}'", error.Message, StringComparison.Ordinal);
        Assert.Equal(["encoder.onnx"], folder.Names);
    }

    [Fact]
    public void A_model_without_decoder_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        var encoder = VaeModel.Load(new MemoryStream(Small.ToOnnx(VaeGraph.Encoder)));

        Assert.Throws<InvalidOperationException>(() => encoder.ExportOnnx(folder.Path));

        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_failing_stream_s_own_error_comes_through()
    {
        using var stream = new MemoryStream(new byte[10]);
        Assert.Throws<NotSupportedException>(() => Small.ExportOnnx(VaeGraph.Encoder, stream));
        Assert.Throws<ArgumentNullException>(() => Small.ExportOnnx(VaeGraph.Encoder, null!));
        Assert.Throws<ArgumentException>(() => Small.ExportOnnx(" "));
    }

    [Fact]
    public void A_stream_to_a_full_device_fails()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");
        using var stream = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        Assert.Throws<IOException>(() => Small.ExportOnnx(VaeGraph.Scorer, stream));
    }
}
