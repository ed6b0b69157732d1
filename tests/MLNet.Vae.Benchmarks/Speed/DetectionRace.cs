using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>
/// Bulk scores of a detector, by distances to the rows that it carries, against ONNX Runtime on the same graph over an array.
/// </summary>
internal sealed class DetectionRace(int features, int rows, params int[] blocksAlone) : ISpeedTable
{
    private const int Rounds = 7, TrainingRows = 2_000;

    public string Name => "detection";

    public void Measure(TextWriter to, int threads)
    {
        var mlContext = new MLContext(1);
        using var trained = mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions
        {
            FeatureColumnName = ArrayView.Column,
            Training = new() { Epochs = 5, Seed = 1 },
        }).Fit(new ArrayView(SampleNetwork.Values(TrainingRows * features, seed: 1), features));
        using var transformer = trained.WithScoring(new() { Threads = threads });
        var values = SampleNetwork.Values(rows * features, seed: 2);
        var scored = transformer.Transform(new ArrayView(values, features));
        OnnxRuntimeAlone[] alone = [.. blocksAlone.Select(block => OnnxRuntimeAlone.Scorer(trained.Model, block, threads))];
        new Race(
            $"Scores of a detector, {features} features, {trained.Model.Info.ReferenceRowCount:N0} rows to compare with",
            $"{rows:N0} rows from memory, `Score` and `PredictedLabel`, {threads} thread(s), {Rounds} rounds in turn.",
            [
                new("MLNet.Vae, one cursor", () => Race.Time(() => Read(scored))),
                .. alone.Zip(blocksAlone, (run, block)
                    => new Contender($"ONNX Runtime alone, blocks of {block}", () => Race.Time(() => run.Run(values)))),
            ])
            .Run(Rounds)
            .Print(to, rows, "rows");
        foreach (var run in alone)
            run.Dispose();
    }

    private long Read(IDataView scored)
    {
        using var cursor = scored.GetRowCursor([scored.Schema["Score"], scored.Schema["PredictedLabel"]]);
        var score = cursor.GetGetter<float>(scored.Schema["Score"]);
        var label = cursor.GetGetter<bool>(scored.Schema["PredictedLabel"]);
        var (count, value, isAnomalous) = (0L, 0f, false);
        while (cursor.MoveNext())
        {
            score(ref value);
            label(ref isAnomalous);
            count++;
        }
        return count == rows ? count : throw new InvalidOperationException($"{count} rows were read instead of {rows}.");
    }
}
