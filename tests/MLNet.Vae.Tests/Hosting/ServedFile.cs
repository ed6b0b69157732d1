using Microsoft.Extensions.DependencyInjection;
using MLNet.Vae.Calibration;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Hosting;

/// <summary>A model file and the services over it, which end with the test.</summary>
internal sealed class ServedFile : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new();
    private ServiceProvider? _provider;

    public string Path => _directory.File("scorer.onnx");

    public IServiceProvider Provider => _provider!;

    public VaeScoringService Service => Provider.GetRequiredService<VaeScoringService>();

    /// <summary>A detector of six features, with random weights.</summary>
    /// <param name="seed">Of the weights.</param>
    /// <param name="calibration">Scores of normal rows; null: there are none.</param>
    public static VaeModel Detector(int seed = 1, IEnumerable<float>? calibration = null, int features = SampleModels.Features)
    {
        var model = SampleModels.Create(
            SampleModels.DetectionColumns, features, seed: seed, featureNames: [.. Enumerable.Range(0, features).Select(i => $"f{i}")]);
        return calibration is null ? model : model.With(model.Info with { Calibration = CalibrationScores.Of(calibration) });
    }

    public static float[] Row(int seed, int features = SampleModels.Features)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, features).Select(_ => random.NextSingle())];
    }

    /// <summary>The score of a row by itself.</summary>
    public static float ScoreOf(VaeModel model, float[] row)
    {
        using var scorer = model.CreateScorer(new() { Threads = 1 });
        var scores = new float[1];
        scorer.Score(row, scores);
        return scores[0];
    }

    public static ServedFile Of(VaeModel model, Action<VaeHostingOptions>? configure = null)
    {
        var file = new ServedFile();
        file.Write(model);
        file.Serve(configure);
        return file;
    }

    public void Serve(Action<VaeHostingOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddVaeScoring(options => Configure(options, configure));
        services.AddHealthChecks().AddVaeScoring();
        _provider = services.BuildServiceProvider();
    }

    /// <summary>A file that is watched closely.</summary>
    public void Configure(VaeHostingOptions options, Action<VaeHostingOptions>? configure = null)
    {
        options.ModelPath = Path;
        options.PollInterval = TimeSpan.FromMilliseconds(20);
        options.SettleTime = TimeSpan.FromMilliseconds(20);
        configure?.Invoke(options);
    }

    /// <summary>Puts another model into the place of the file.</summary>
    public void Write(VaeModel model)
    {
        using (var file = File.Create(Path + ".new"))
            model.ExportOnnx(VaeGraph.Scorer, file);
        File.Move(Path + ".new", Path, overwrite: true);
    }

    /// <summary>Waits until the service is so.</summary>
    public async Task Until(Func<VaeServiceStatus, bool> condition)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(Patience);
        while (!condition(Service.Status))
            await Task.Delay(10, end.Token);
    }

    public void Dispose()
    {
        _provider?.Dispose();
        _directory.Dispose();
    }
}
