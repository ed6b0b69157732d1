using MLNet.Vae.Paths;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Orleans.Paths;

public sealed class AllowedPathsTests : IDisposable
{
    private readonly TemporaryDirectory _inside = new(), _outside = new();

    [Theory]
    [InlineData("rows.csv")]
    [InlineData("deeper/rows.csv")]
    [InlineData("deeper/../rows.csv")]
    [InlineData("")]
    public void What_lies_in_a_folder_is_given_in_full(string path)
        => Assert.Equal(
            Path.TrimEndingDirectorySeparator(Path.GetFullPath(_inside.File(path))), Allowed(_inside.Path).Resolve(_inside.File(path)));

    [Theory]
    [InlineData("../rows.csv")]
    [InlineData("deeper/../../rows.csv")]
    [InlineData("../{0}-beside/rows.csv")]
    public void What_leaves_it_is_refused(string path)
    {
        var left = _inside.File(path.Replace("{0}", Path.GetFileName(_inside.Path), StringComparison.Ordinal));
        Assert.Throws<UnauthorizedAccessException>(() => Allowed(_inside.Path).Resolve(left));
    }

    [Fact]
    public void Links_count_as_what_they_lead_to()
    {
        Directory.CreateSymbolicLink(_inside.File("away"), _outside.Path);
        Directory.CreateSymbolicLink(_inside.File("twice"), "away");
        File.CreateSymbolicLink(_inside.File("file.csv"), _outside.File("rows.csv"));
        foreach (var path in new[] { "away", "away/new/rows.csv", "twice/rows.csv", "file.csv" })
            Assert.Throws<UnauthorizedAccessException>(() => Allowed(_inside.Path).Resolve(_inside.File(path)));
        Assert.Equal(_outside.File("rows.csv"), Allowed(_inside.Path, _outside.Path).Resolve(_inside.File("twice/rows.csv")));

        // The folder itself may be one.
        Directory.CreateSymbolicLink(_outside.File("data"), _inside.Path);
        Assert.Equal(_inside.File("rows.csv"), Allowed(_outside.File("data")).Resolve(_outside.File("data/rows.csv")));
        Directory.CreateSymbolicLink(_inside.File("round"), "round");
        Assert.Throws<IOException>(() => Allowed(_inside.Path).Resolve(_inside.File("round/rows.csv")));
    }

    [Fact]
    public void Without_folders_nothing_is_opened()
    {
        var fault = Assert.Throws<UnauthorizedAccessException>(() => Allowed().Resolve(_inside.File("rows.csv")));
        Assert.Equal(
            $"'{_inside.File("rows.csv")}': expected a path in a folder that the silos allow, found one outside, as they allow none. Move "
                + "it there, or add its folder to VaeClusterOptions.AllowedFolders.",
            fault.Message);
    }

    public void Dispose()
    {
        _inside.Dispose();
        _outside.Dispose();
    }

    private static AllowedPaths Allowed(params string[] folders)
    {
        var options = new VaeClusterOptions();
        foreach (var folder in folders)
            options.AllowedFolders.Add(folder);
        return new(Microsoft.Extensions.Options.Options.Create(options));
    }
}
