using MLNet.Vae.Interop;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Estimators;

public class EstimatorWorkoutTests
{
    private const int Rows = 100;

    private readonly MLContext _mlContext = new(seed: 1);

    public static TheoryData<string> Estimators { get; } = ["embedding", "every column", "anomaly", "anomaly with contributions"];

    [Theory]
    [InlineData("embedding", false)]
    [InlineData("every column", false)]
    [InlineData("every column", true)]
    [InlineData("anomaly", false)]
    [InlineData("anomaly with contributions", true)]
    public void Stands_the_workout(string estimator, bool named)
    {
        // A third of these rows is sparse.
        var valid = SampleData.View(_mlContext, SampleData.Rows(Rows), named ? SampleData.SlotNames : null);
        var invalid = InvalidColumns.All(_mlContext).Select(column => (column.Data, column.Why));
        Workout.Run(Estimator(estimator), valid, invalid, "Score", "PredictedLabel");
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Names_the_column_what_was_expected_what_was_found_and_what_to_do(string name)
    {
        var estimator = Estimator(name);
        using var transformer = (IDisposable)estimator.Fit(FactorRows.View(_mlContext, Rows));
        foreach (var (why, data, promise, fault) in InvalidColumns.All(_mlContext))
        {
            Assert.Equal(promise, Refusal.Expect(() => estimator.GetOutputSchema(MLNetInternals.Shape(data.Schema)), why).Message);
            Assert.Equal(fault, Refusal.Expect(() => estimator.Fit(data), why).Message);
            Assert.Equal(fault, Refusal.Expect(() => ((ITransformer)transformer).GetOutputSchema(data.Schema), why).Message);
            Assert.Equal(fault, Refusal.Expect(() => ((ITransformer)transformer).Transform(data), why).Message);
        }
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Another_width_than_that_of_the_training_rows_is_refused(string name)
    {
        var estimator = Estimator(name);
        using var transformer = (IDisposable)estimator.Fit(FactorRows.View(_mlContext, Rows));
        var wider = SampleData.Features(_mlContext, [new float[FactorRows.Features + 1]], FactorRows.Features + 1);
        const string Expected = "The features column \"Features\" has 7 slots; the model was trained on 6. "
            + "Score the same features in the same order as in training. (Parameter 'inputSchema')";
        Assert.Equal(Expected, Refusal.Expect(() => ((ITransformer)transformer).GetOutputSchema(wider.Schema), "another width").Message);
        Assert.Equal(Expected, Refusal.Expect(() => ((ITransformer)transformer).Transform(wider), "another width").Message);
        Assert.Equal(Expected, Refusal.Expect(() => ((ITransformer)transformer).GetRowToRowMapper(wider.Schema), "another width").Message);
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Nothing_is_taken_for_granted_of_null(string name)
    {
        var estimator = Estimator(name);
        Assert.Throws<ArgumentNullException>(() => estimator.Fit(null));
        Assert.Throws<ArgumentNullException>(() => estimator.GetOutputSchema(null));
    }

    private IEstimator<ITransformer> Estimator(string name) => name switch
    {
        "embedding" => _mlContext.Transforms.VaeEmbed(TinyVae.Options),
        "every column" => _mlContext.Transforms.VaeEmbed(TinyVae.Options with
        {
            LogSigmaColumnName = "Spread",
            ReconstructionColumnName = "Reconstruction",
            ScoreColumnName = "Score",
            ContributionsColumnName = "Contributions",
            ScoreKind = VaeScoreKind.NegativeElbo,
        }),
        "anomaly" => _mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions),
        _ => _mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions with { ContributionsColumnName = "Contributions" }),
    };
}
