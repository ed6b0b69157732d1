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
}
