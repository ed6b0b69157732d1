using MLNet.Vae.Tests.Kit;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Saving;

/// <summary>What saving and loading leave in the temporary folder: nothing. Alone: the folder is the whole process's.</summary>
[Collection(AloneInProcess.Name)]
public sealed class TemporaryFilesTests : IDisposable
{
    private const int Times = 5;

    private static readonly string Variable = OperatingSystem.IsWindows() ? "TMP" : "TMPDIR";

    private readonly TemporaryDirectory _directory = new();
    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);
    private readonly string _temporary;

    public TemporaryFilesTests()
    {
        _temporary = Directory.CreateDirectory(_directory.File("temporary")).FullName;
        Environment.SetEnvironmentVariable(Variable, _temporary);
        Assert.Equal(_temporary, Path.TrimEndingDirectorySeparator(Path.GetTempPath()));
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, _before);
        _directory.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Saving_and_loading_leave_no_file(bool detects)
    {
        var mlContext = new MLContext(seed: 1);
        var source = SampleData.View(mlContext, SampleData.Rows(5));
        var path = _directory.File("model.zip");
        var model = detects ? SampleModels.Create(SampleModels.AllColumns) : SampleModels.Embedder();
        using (var transformer = new VaeTransformer(mlContext, model, new()))
        {
            for (var i = 0; i < Times; i++)
            {
                mlContext.Model.Save(transformer, source.Schema, path);
                mlContext.Model.SaveAtomically(transformer, source.Schema, path);
                using var found = VaeTransformer.From(mlContext, path);
                var loaded = mlContext.Model.Load(path, out _);
                Assert.Equal(5, loaded.Transform(source).Preview(5).RowView.Length);
                using (var typed = VaeTransformer.From(mlContext, loaded))
                {
                    mlContext.Model.SaveAtomically(loaded, source.Schema, path);
                }
                ((IDisposable)loaded).Dispose();
            }
        }

        Assert.Empty(Directory.GetFileSystemEntries(_temporary));
    }

    [Fact]
    public void A_model_that_cannot_be_saved_leaves_no_file()
    {
        var mlContext = new MLContext(seed: 1);
        using var transformer = new VaeTransformer(mlContext, SampleModels.Embedder(), new());
        Assert.Throws<IOException>(() => mlContext.Model.SaveAtomically(transformer, null, _temporary));
        Assert.Empty(Directory.GetFileSystemEntries(_temporary));
    }
}
