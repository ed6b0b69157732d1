using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Saving;

public class LoadOnlyTests
{
    private const string Program = "LoadOnlyProgram";

    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void No_assembly_of_this_library_lies_beside_the_program()
        => Assert.Equal(
            ["MLNet.Vae.Tests.LoadOnly.dll"],
            Directory.GetFiles(Path.GetDirectoryName(ProgramRun.Find(Program))!, "MLNet.Vae*.dll").Select(Path.GetFileName));

    [Fact]
    public async Task A_saved_pipeline_gives_the_same_values_in_a_process_without_this_library()
    {
        using var directory = new TemporaryDirectory();
        var rows = SampleData.Rows(40).Select(row => row.Features.DenseValues().ToArray()).ToArray();
        var source = SampleData.Features(_mlContext, rows, SampleModels.Features);
        var columns = SampleModels.EmbeddingColumns with { Features = "Copy", Reconstruction = "Reconstruction" };
        var chain = _mlContext.Transforms.CopyColumns("Copy", "Features")
            .Append(new ModelEstimator(_mlContext, SampleModels.Create(columns)))
            .Fit(source);
        _mlContext.Model.Save(chain, source.Schema, directory.File("model.zip"));
        await File.WriteAllLinesAsync(
            directory.File("data.tsv"),
            rows.Select(row => string.Join('\t', row.Select(Text))),
            TestContext.Current.CancellationToken
        );

        var view = chain.Transform(source);
        foreach (var column in new[] { "Embedding", "EmbeddingLogSigma", "Reconstruction" })
        {
            var expected = view.GetColumn<float[]>(column).ToArray();
            var actual = await Run(directory.File("model.zip"), directory.File("data.tsv"), "Features", column);
            Assert.Equal(expected.Length, actual.Length);
            for (var i = 0; i < expected.Length; i++)
            {
                FloatAssert.Near(expected[i], actual[i], $"{column} of row {i}");
            }
        }
    }

    [Fact]
    public async Task A_saved_detector_gives_score_label_and_p_value_in_a_process_without_this_library()
    {
        using var directory = new TemporaryDirectory();
        var rows = FactorRows.Create(200).ToArray();
        var source = FactorRows.View(_mlContext, rows);
        using var detector = _mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions with { Contamination = 0.3 }).Fit(source);
        _mlContext.Model.Save(detector, source.Schema, directory.File("model.zip"));
        await File.WriteAllLinesAsync(
            directory.File("data.tsv"), rows.Select(row => string.Join('\t', row.Select(Text))), TestContext.Current.CancellationToken);

        var view = detector.Transform(source);
        foreach (var column in new[] { "Score", "PValue" })
        {
            var found = await Read<float>(column);
            FloatAssert.Near([.. view.GetColumn<float>(column)], found, column);
        }

        var labels = await Read<bool>("PredictedLabel");
        Assert.Equal(view.GetColumn<bool>("PredictedLabel"), labels);
        Assert.Contains(true, labels);

        Task<T[]> Read<T>(string column) => Values<T>(directory.File("model.zip"), directory.File("data.tsv"), "Features", column);
    }

    private static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static Task<float[][]> Run(params string[] arguments) => Values<float[]>(arguments);

    private static async Task<T[]> Values<T>(params string[] arguments)
    {
        var run = await ProgramRun.Of(Program, arguments);
        Assert.True(run.ExitCode == 0, run.Error);
        return
        [
            .. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<T>(line)!),
        ];
    }
}
