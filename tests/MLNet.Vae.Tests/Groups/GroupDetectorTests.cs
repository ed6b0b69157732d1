using Microsoft.ML;
using MLNet.Vae.Tests.Kit;
using static MLNet.Vae.Tests.Groups.GroupRows;

namespace MLNet.Vae.Tests.Groups;

/// <summary>Several ranks train one detector: rows that it compares with, threshold and p-values are of the rows of all.</summary>
public class GroupDetectorTests
{
    private static readonly VaeTrainingOptions Training = new() { Epochs = 6, BatchSize = 32, Seed = 3, Threads = 1 };

    [Theory]
    [InlineData(VaeScoreKind.NeighborDistance, VaeValidationSplit.Random)]
    [InlineData(VaeScoreKind.NegativeElbo, VaeValidationSplit.Random)]
    [InlineData(VaeScoreKind.NeighborDistance, VaeValidationSplit.Last)]
    public async Task All_ranks_have_the_same_detector_bit_for_bit(VaeScoreKind score, VaeValidationSplit split)
    {
        var rows = GroupRows.Of(260);
        float[][][] parts = [rows[..120], rows[120..122], rows[122..], []];
        var models = await ThreadGroup.Run(4, group => Fit(parts[group.Rank], new VaeAnomalyOptions
        {
            ScoreKind = score,
            Training = Training with { Group = group, ValidationSplit = split },
        }));
        Assert.All(models, model => Assert.Equal(models[0], model));
        Assert.NotNull(Read(models[0]).Threshold);
        Assert.Equal(score == VaeScoreKind.NeighborDistance, Read(models[0]).ReferenceRowCount > 0);
    }

    /// <summary>Rows of one rank alone are far from those of the other, and would be anomalies to a threshold of its own.</summary>
    [Fact]
    public async Task The_threshold_is_that_of_the_rows_of_all()
    {
        const double Contamination = 0.1;
        var (rows, shifted) = (GroupRows.Of(900), GroupRows.Of(900));
        foreach (var row in shifted)
        {
            for (var j = 0; j < row.Length; j++)
                row[j] += 2;
        }
        float[][][] parts = [rows[..600], shifted[..600]];
        var models = await ThreadGroup.Run(2, group => Fit(parts[group.Rank], new VaeAnomalyOptions
        {
            Contamination = Contamination,
            Training = Training with { Epochs = 20, Group = group },
        }));
        Assert.Equal(models[0], models[1]);
        using var scorer = VaeModel.Load(new MemoryStream(models[0])).CreateScorer();
        var threshold = Read(models[0]).Threshold!.Value;
        foreach (var others in new[] { rows[600..], shifted[600..] })
        {
            var scores = new float[others.Length];
            scorer.Score(others.SelectMany(row => row).ToArray(), scores);
            // A threshold of one rank's rows has nearly all of the other's above it.
            Assert.InRange(scores.Count(score => score > threshold) / (double)others.Length, Contamination / 4, 2.5 * Contamination);
        }
    }

    [Fact]
    public async Task Ranks_of_one_row_hold_none_out_for_a_threshold_and_say_so()
    {
        var faults = await ThreadGroup.Run(3, group => Assert.Throws<InvalidOperationException>(() => Fit(
            Part(GroupRows.Of(3), group), new VaeAnomalyOptions { Training = Training with { Group = group } })).Message);
        Assert.All(faults, fault => Assert.Contains("each rank of a group two at least", fault, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_that_one_rank_knows_to_be_anomalies_are_known_to_all()
    {
        var rows = GroupRows.Of(200);
        var models = await ThreadGroup.Run(2, group =>
        {
            var mlContext = new MLContext(seed: 1);
            var view = mlContext.Data.LoadFromEnumerable(Part(rows, group).Select((row, i) => new Known
            {
                Features = row,
                IsAnomaly = group.Rank == 1 && i < 3,
            }));
            using var detector = mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions
            {
                KnownAnomalyColumnName = nameof(Known.IsAnomaly),
                Training = Training with { Group = group },
            }).Fit(view);
            return detector.Model.ToOnnx(VaeGraph.Scorer);
        });
        Assert.Equal(models[0], models[1]);
        Assert.Equal(3, Read(models[0]).KnownAnomalyCount);
    }

    private static byte[] Fit(float[][] rows, VaeAnomalyOptions options)
    {
        var mlContext = new MLContext(seed: 1);
        using var detector = mlContext.AnomalyDetection.Trainers.Vae(options with { Architecture = VaeArchitecture.Mlp(8) })
            .Fit(SampleData.Features(mlContext, rows, Width));
        return detector.Model.ToOnnx(VaeGraph.Scorer);
    }

    private sealed class Known
    {
        [Microsoft.ML.Data.VectorType(Width)]
        public float[] Features { get; set; } = [];

        public bool IsAnomaly { get; set; }
    }
}
