using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Cursors;

public class WorkoutTests
{
    // Not a multiple of the block, so that the last one is short.
    private const int Rows = 25;
    private static readonly VaeScoringOptions SmallBlocks = new() { BlockSize = 8 };

    private readonly MLContext _mlContext = new(seed: 1);

    public static TheoryData<string, bool, bool, bool> Cases { get; } = new()
    {
        { "embedding", false, false, false },
        { "embedding", false, true, true },
        { "detection", false, false, false },
        { "all", false, true, true },
        { "all", false, true, false },
        { "all", true, false, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Stands_the_workout(string columns, bool bernoulli, bool named, bool negativeElbo)
    {
        var names = named ? SampleData.SlotNames : null;
        var model = SampleModels.Create(
            columns switch
            {
                "all" => SampleModels.AllColumns,
                "detection" => SampleModels.DetectionColumns,
                _ => SampleModels.EmbeddingColumns,
            },
            bernoulli: bernoulli,
            scoreKind: negativeElbo ? VaeScoreKind.NegativeElbo : VaeScoreKind.ReconstructionError,
            featureNames: names);
        var rows = SampleData.Rows(Rows);
        if (bernoulli)
            rows.ForEach(row => row.Features = new(SampleModels.Features, [.. row.Features.DenseValues().Select(v => MathF.Abs(v) / 2)]));
        var valid = SampleData.View(_mlContext, rows, names);
        Workout.Run(new ModelEstimator(_mlContext, model, SmallBlocks), valid, Invalid(), "Score", "PredictedLabel");
    }

    [Fact]
    public void Stands_the_workout_where_names_are_taken()
    {
        var columns = SampleModels.AllColumns with { Embedding = nameof(SampleData.Row.Name), Score = nameof(SampleData.Row.Flag) };
        var valid = SampleData.View(_mlContext, SampleData.Rows(Rows));
        Workout.Run(
            new ModelEstimator(_mlContext, SampleModels.Create(columns), SmallBlocks),
            valid,
            Invalid(),
            nameof(SampleData.Row.Flag),
            "PredictedLabel"
        );
    }

    private IEnumerable<(IDataView Data, string Why)> Invalid()
    {
        yield return (
            SampleData.Features(_mlContext, [new float[SampleModels.Features]], SampleModels.Features, "Other"),
            "features missing"
        );
        yield return (Load(new Unsized()), "unknown size");
        yield return (Load(new Texts()), "text");
        yield return (Load(new Keys()), "keys");
    }

    private IDataView Load<T>(T row)
        where T : class
        => _mlContext.Data.LoadFromEnumerable(new[] { row });

    public sealed class Unsized
    {
        public float[] Features { get; set; } = [];
    }

    public sealed class Texts
    {
        public string Features { get; set; } = "";
    }

    public sealed class Keys
    {
        [KeyType(5)]
        public uint Features { get; set; }
    }
}
