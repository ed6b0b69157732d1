using MLNet.Vae.Interop;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Interop;

public class FileSetTests
{
    [Fact]
    public void Content_that_fails_leaves_nothing_and_its_own_error_comes_through()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("kept");
        File.WriteAllText(file, "here first");
        Assert.Throws<InvalidOperationException>(() => FileSet.WriteOne("thing", file, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.Equal([file], Directory.GetFiles(directory.Path));
        Assert.Equal("here first", File.ReadAllText(file));
    }

    [Fact]
    public void Content_reaches_the_disk_before_the_file_has_its_name()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("report");
        var flushed = new List<(long Length, bool HasName)>();
        FileSet.WriteOne(
            "report",
            file,
            stream => stream.Write(new byte[100]),
            path => new Observed(path, length => flushed.Add((length, File.Exists(file)))));
        Assert.Equal([(100, false)], flushed);
        Assert.Equal(100, new FileInfo(file).Length);
    }

    [Fact]
    public void What_a_killed_process_left_behind_is_removed_and_what_another_still_writes_is_not()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("kept");
        File.WriteAllText(directory.File(".kept.0123.tmp"), "left behind");
        File.WriteAllText(directory.File(".other.0123.tmp"), "another file's");
        string? beside = null;
        FileSet.WriteOne("thing", file, outer =>
        {
            FileSet.WriteOne("thing", file, inner => inner.WriteByte(1));
            beside = string.Join(' ', directory.Names(".kept.*"));
            outer.WriteByte(2);
        });
        Assert.EndsWith(".tmp", beside, StringComparison.Ordinal);
        Assert.DoesNotContain(".kept.0123.tmp", beside, StringComparison.Ordinal);
        Assert.Equal([2], File.ReadAllBytes(file));
        Assert.Equal([".other.0123.tmp", "kept"], directory.Names("*"));
    }

    /// <summary>Tells how much had been written when it was asked to write it through to the disk.</summary>
    private sealed class Observed(string path, Action<long> flushed) : FileStream(path, FileMode.CreateNew, FileAccess.Write)
    {
        public override void Flush(bool flushToDisk)
        {
            base.Flush(flushToDisk);
            if (flushToDisk)
                flushed(Length);
        }
    }
}
