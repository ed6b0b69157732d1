using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Onnx;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Saving;

/// <summary>A file that is there whole or as it was before; what a killed process leaves: KillTests.</summary>
public sealed class AtomicSaveTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void Any_transformer_comes_back_with_the_schema_of_its_input()
    {
        using var directory = new TemporaryDirectory();
        var source = SampleData.View(_mlContext, SampleData.Rows(20));
        var copying = _mlContext.Transforms.CopyColumns("Copy", "Features").Fit(source);
        var path = directory.File("made for it/model.zip");

        _mlContext.Model.SaveAtomically(copying, source.Schema, path);
        _mlContext.Model.SaveAtomically(copying, source.Schema, path);

        var loaded = new MLContext().Model.Load(path, out var schema);
        Assert.Equal(source.Schema.Select(column => column.Name), schema.Select(column => column.Name));
        ViewAssert.SameRows(copying.Transform(source), loaded.Transform(source), _ => true);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void A_full_disk_keeps_the_file_that_was_there()
    {
        using var folder = new TemporaryFolder();
        Assert.SkipUnless(folder.TryMount("size=64k"), "Mounting a disk of its own needs Linux and the right to mount.");
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Embedder(), new());
        var path = Path.Combine(folder.Path, "model.zip");
        _mlContext.Model.SaveAtomically(transformer, null, path);
        var before = File.ReadAllBytes(path);
        File.WriteAllBytes(Path.Combine(folder.Path, "other"), new byte[(64 << 10) - (before.Length / 4096 + 2) * 4096]);

        var error = Assert.Throws<IOException>(() => _mlContext.Model.SaveAtomically(transformer, null, path));

        Assert.StartsWith($"The model could not be written to '{path}': ", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal(["model.zip", "other"], folder.Names);
    }

    [Fact]
    public void What_cannot_be_saved_is_refused()
    {
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Embedder(), new());
        Assert.Throws<ArgumentException>(() => _mlContext.Model.SaveAtomically(transformer, null, " "));
        Assert.Throws<ArgumentNullException>(() => _mlContext.Model.SaveAtomically(null!, null, "model.zip"));
    }
}
