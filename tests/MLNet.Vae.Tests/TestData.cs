using System.Reflection;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Tests;

/// <summary>Real data beside the repository, which not every checkout has.</summary>
internal static class TestData
{
    private const int Pixels = 64;

    public static string RepositoryRoot { get; } = typeof(TestData).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == nameof(RepositoryRoot)).Value!;

    /// <summary>UCI optical digits, test part: 1,797 rows, 64 pixels in [0, 1].</summary>
    public static float[][] OpticalDigits()
    {
        var path = Find("optdigits/optdigits.tes");
        return [.. File.ReadLines(path).Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(',').Take(Pixels).Select(pixel => float.Parse(pixel) / 16).ToArray())];
    }

    /// <summary>Skips the test, by name of the file, where it is absent.</summary>
    public static string Find(string name)
    {
        var path = Path.Combine(RepositoryRoot, "..", "shared", "data", name);
        Assert.SkipUnless(File.Exists(path), $"../shared/data/{name} is not here");
        return path;
    }
}
