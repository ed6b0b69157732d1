using Microsoft.ML;

namespace MLNet.Vae.Tests.Options;

/// <summary>Options that are refused, and in which words.</summary>
public class OptionFaultTests
{
    private const string Mark = "ML_IsMarked";

    private readonly MLContext _mlContext = new(seed: 1);

    public static TheoryData<VaeOptions, string> Combinations { get; } =
        new()
        {
            {
                new() { Likelihood = VaeLikelihood.Bernoulli, Normalization = VaeNormalization.Standardize },
                "Normalization Standardize gives values outside [0, 1], which a Bernoulli likelihood cannot have; choose Auto, None or "
                + "MinMax"
            },
            {
                new() { Likelihood = VaeLikelihood.GaussianUnitInterval, Normalization = VaeNormalization.Standardize },
                "Normalization Standardize gives values outside [0, 1], which a sigmoid cannot give; choose Auto, None or MinMax"
            },
            {
                new() { Likelihood = VaeLikelihood.GaussianUnitInterval with { Sigma = 0 } },
                "Sigma must be from 0.001 to 1000, but is 0"
            },
            {
                new() { Likelihood = VaeLikelihood.Categorical, Normalization = VaeNormalization.Standardize },
                "Normalization Standardize gives values that no longer sum to 1, as those of a categorical likelihood must; choose Auto "
                + "or None"
            },
            {
                new() { Likelihood = VaeLikelihood.Categorical, Normalization = VaeNormalization.MinMax },
                "Normalization MinMax gives values that no longer sum to 1, as those of a categorical likelihood must; choose Auto or None"
            },
            {
                new() { Likelihood = VaeLikelihood.Mixed() },
                "the mixed likelihood has no parts; give at least one, or choose VaeLikelihood.Gaussian"
            },
            {
                new() { Architecture = new MlpArchitecture { HiddenSizes = [] } },
                "HiddenSizes is empty; give at least one hidden layer, or choose VaeArchitecture.Linear"
            },
            {
                new() { Architecture = VaeArchitecture.Mlp([.. Enumerable.Repeat(1, 33)]) },
                "HiddenSizes.Length must be from 1 to 32, but is 33"
            },
            {
                new() { Latent = VaeLatent.Gaussian(4_097) },
                "latentDimension must be from 1 to 4096, but is 4097"
            },
            {
                new() { Likelihood = VaeLikelihood.GaussianWithSigma(double.NaN) },
                "Sigma must be from 0.001 to 1000, but is NaN"
            },
            {
                new() { Likelihood = VaeLikelihood.Poisson, Normalization = VaeNormalization.Standardize },
                "Normalization Standardize gives values that are no counts, as those of a Poisson likelihood must be; choose Auto or None"
            },
            {
                new() { Likelihood = VaeLikelihood.NegativeBinomial, Normalization = VaeNormalization.MinMax },
                "Normalization MinMax gives values that are no counts, as those of a negative binomial likelihood must be; choose Auto or "
                + "None"
            },
            {
                new() { Likelihood = VaeLikelihood.StudentT(0.9) },
                "DegreesOfFreedom must be from 1 to 1000000, but is 0.9"
            },
            {
                new() { Likelihood = VaeLikelihood.StudentT(double.NaN) },
                "DegreesOfFreedom must be from 1 to 1000000, but is NaN"
            },
            {
                new() { Objective = new() { Beta = double.PositiveInfinity } },
                "Beta must be from 0 to 1000000, but is Infinity"
            },
            {
                new() { Training = new() { LearningRate = double.NaN } },
                "VaeTrainingOptions.LearningRate must be above 0 and at most 1, but is NaN"
            },
            {
                new() { Training = new() { LearningRate = 1.5 } },
                "VaeTrainingOptions.LearningRate must be above 0 and at most 1, but is 1.5"
            },
            {
                new() { Training = new() { ValidationFraction = -0.1 } },
                "VaeTrainingOptions.ValidationFraction must be from 0 to 0.9, but is -0.1"
            },
            {
                new() { Training = new() { Epochs = 1_000_001 } },
                "VaeTrainingOptions.Epochs must be from 1 to 1000000, but is 1000001"
            },
            {
                new() { Training = new() { Steps = 0 } },
                "VaeTrainingOptions.Steps must be from 1 to 1000000000, but is 0"
            },
            {
                new() { Training = new() { BatchSize = 1_048_577 } },
                "VaeTrainingOptions.BatchSize must be from 1 to 1048576, but is 1048577"
            },
            {
                new() { Training = new() { Initialization = (VaeInitialization)3 } },
                "VaeTrainingOptions.Initialization must be one of Auto, Random, ProbabilisticPca, but is 3"
            },
            {
                new()
                {
                    Architecture = VaeArchitecture.Linear,
                    Training = new() { Initialization = VaeInitialization.ProbabilisticPca, Epochs = -1 },
                },
                "VaeTrainingOptions.Epochs must be from 0 to 1000000, but is -1"
            },
            {
                new() { Training = new() { Initialization = VaeInitialization.ProbabilisticPca } },
                "VaeTrainingOptions.Initialization ProbabilisticPca needs VaeArchitecture.Linear, for the closed form is linear"
            },
            {
                new()
                {
                    Architecture = VaeArchitecture.Linear,
                    Latent = VaeLatent.Deterministic(2) with { Activation = Activation.Tanh },
                    Training = new() { Initialization = VaeInitialization.ProbabilisticPca },
                },
                "VaeTrainingOptions.Initialization ProbabilisticPca needs VaeLatent.Gaussian, or VaeLatent.Deterministic without an "
                + "activation"
            },
            {
                new()
                {
                    Architecture = VaeArchitecture.Linear,
                    Likelihood = VaeLikelihood.Bernoulli,
                    Training = new() { Initialization = VaeInitialization.ProbabilisticPca },
                },
                "VaeTrainingOptions.Initialization ProbabilisticPca needs VaeLikelihood.Gaussian, for the closed form has one σ for all "
                + "features"
            },
            {
                new()
                {
                    Architecture = VaeArchitecture.Linear,
                    Condition = new() { ColumnName = "Kind" },
                    Training = new() { Initialization = VaeInitialization.ProbabilisticPca },
                },
                "VaeTrainingOptions.Initialization ProbabilisticPca knows no Condition"
            },
            {
                new()
                {
                    Architecture = VaeArchitecture.Linear,
                    Likelihood = VaeLikelihood.GaussianPerFeature,
                    Training = new() { Initialization = VaeInitialization.ProbabilisticPca },
                },
                "VaeTrainingOptions.Initialization ProbabilisticPca needs VaeLikelihood.Gaussian, for the closed form has one σ for all "
                + "features"
            },
            {
                new()
                {
                    Architecture = VaeArchitecture.Linear,
                    Latent = VaeLatent.Deterministic(2) with { Sparsity = new L1Sparsity(1) },
                    Training = new() { Initialization = VaeInitialization.ProbabilisticPca, Epochs = 0 },
                },
                "with VaeTrainingOptions.Epochs 0 nothing is trained, so Sparsity must be null; set Epochs"
            },
            {
                new()
                {
                    Architecture = VaeArchitecture.Linear,
                    Corruption = new GaussianCorruption { Sigma = 0.5 },
                    Training = new() { Initialization = VaeInitialization.ProbabilisticPca, Epochs = 0 },
                },
                "with VaeTrainingOptions.Epochs 0 nothing is trained, so Corruption must be null; set Epochs"
            },
            {
                new()
                {
                    Architecture = VaeArchitecture.Linear,
                    Objective = new() { Beta = 2 },
                    Training = new() { Initialization = VaeInitialization.ProbabilisticPca, Epochs = 0 },
                },
                "with VaeTrainingOptions.Epochs 0 nothing is trained, so Objective must be the default; set Epochs"
            },
            {
                new() { Scoring = new() { BlockSize = 1_048_577 } },
                "VaeScoringOptions.BlockSize must be from 1 to 1048576, but is 1048577"
            },
            {
                new() { Latent = VaeLatent.VectorQuantized(1, 8) },
                "CodebookSize must be from 2 to 65536, but is 1"
            },
            {
                new() { Latent = VaeLatent.VectorQuantized(65_537, 8) },
                "CodebookSize must be from 2 to 65536, but is 65537"
            },
            {
                new() { Latent = VaeLatent.VectorQuantized(2, 0) },
                "CodeDimension must be from 1 to 4096, but is 0"
            },
            {
                new() { Latent = VaeLatent.VectorQuantized(2, 1, 0) },
                "Codes must be from 1 to 4096, but is 0"
            },
            {
                new() { Latent = VaeLatent.VectorQuantized(2, 64, 65) },
                "CodeDimension · Codes must be at most 4096, but is 4160"
            },
            {
                new() { Latent = new VectorQuantizedLatent { Commitment = double.NaN } },
                "Commitment must be from 0 to 1000000, but is NaN"
            },
            {
                new() { Latent = new VectorQuantizedLatent { Decay = 1 } },
                "Decay must be at least 0 and below 1, but is 1"
            },
            {
                new() { Latent = new VectorQuantizedLatent { DeadCodeThreshold = -0.1 } },
                "DeadCodeThreshold must be at least 0 and below 1, but is -0.1"
            },
            {
                new() { Latent = VaeLatent.GaussianMixture(0, 2) },
                "latentDimension must be from 1 to 4096, but is 0"
            },
            {
                new() { Latent = VaeLatent.GaussianMixture(2, 0) },
                "Components must be from 1 to 1000, but is 0"
            },
            {
                new() { Latent = VaeLatent.GaussianMixture(2, 1_001) },
                "Components must be from 1 to 1000, but is 1001"
            },
            {
                new() { Latent = VaeLatent.GaussianMixture(2, 2) with { PretrainingFraction = 0.91 } },
                "PretrainingFraction must be from 0 to 0.9, but is 0.91"
            },
            {
                new() { Latent = VaeLatent.GaussianMixture(2, 2) with { PretrainingFraction = double.NaN } },
                "PretrainingFraction must be from 0 to 0.9, but is NaN"
            },
            {
                new() { ComponentsColumnName = "C" },
                "ComponentsColumnName is set, but a Gaussian latent has no components"
            },
            {
                new() { Latent = VaeLatent.GaussianMixture(2, 2), ComponentsColumnName = "Embedding" },
                "column 'Embedding' is named 2 times; the column read and each column added need names of their own"
            },
            {
                new()
                {
                    Latent = VaeLatent.GaussianMixture(2, 2),
                    Condition = new() { ColumnName = "Label", LearnedPrior = true },
                },
                "VaeCondition.LearnedPrior is a prior of Gaussian latent variables, but Latent is GaussianMixture; choose "
                + "VaeLatent.Gaussian or leave it out"
            },
            {
                new() { Training = new() { Restarts = 0 } },
                "VaeTrainingOptions.Restarts must be from 1 to 1000, but is 0"
            },
            {
                new() { Training = new() { Restarts = 1_001 } },
                "VaeTrainingOptions.Restarts must be from 1 to 1000, but is 1001"
            },
            {
                new()
                {
                    Training = new() { Restarts = 2, ValidationFraction = 0 },
                },
                "VaeTrainingOptions.ValidationFraction must be above 0 where Restarts is above 1: restarts are compared on held-out rows"
            },
            {
                new() { CodesColumnName = "C" },
                "CodesColumnName is set, but a Gaussian latent has no codes"
            },
            {
                new() { Latent = VaeLatent.VectorQuantized(2, 1), LogSigmaColumnName = "S" },
                "LogSigmaColumnName is set, but a VectorQuantized latent has no log σ"
            },
            {
                new() { Latent = VaeLatent.VectorQuantized(2, 1), CodesColumnName = "Embedding" },
                "column 'Embedding' is named 2 times; the column read and each column added need names of their own"
            },
            {
                new()
                {
                    Latent = VaeLatent.VectorQuantized(2, 1),
                    Objective = new() { Beta = 4 },
                },
                "Beta is set, but a VectorQuantized latent has no KL term to weigh"
            },
            {
                new()
                {
                    Latent = VaeLatent.VectorQuantized(2, 1),
                    Objective = new() { Samples = 2 },
                },
                "Samples must be 1, but is 2: a VectorQuantized latent is not sampled"
            },
            {
                new() { OutputColumnName = null! },
                "OutputColumnName must not be null"
            },
            {
                new() { Condition = new() { ColumnName = null! } },
                "VaeCondition.ColumnName must not be null"
            },
            {
                new() { Condition = new() { ColumnName = "" } },
                "a column name must not be blank"
            },
            {
                new() { Condition = new() { ColumnName = "Features" } },
                "column 'Features' is named 2 times; the column read and each column added need names of their own"
            },
            {
                new()
                {
                    Condition = new() { ColumnName = "Label", LearnedPrior = true },
                    Latent = VaeLatent.Deterministic(2),
                },
                "VaeCondition.LearnedPrior is a prior of Gaussian latent variables, but Latent is Deterministic; choose "
                + "VaeLatent.Gaussian or leave it out"
            },
            {
                new() { TargetColumnName = " " },
                "TargetColumnName must not be blank"
            },
            {
                new() { TargetColumnName = "Features" },
                "TargetColumnName must be another column than InputColumnName, but both are 'Features'; leave it null to reconstruct the "
                + "features"
            },
            {
                new()
                {
                    TargetColumnName = "Label",
                    Condition = new() { ColumnName = "Label" },
                },
                "TargetColumnName must be another column than the condition's, but both are 'Label'"
            },
            {
                new() { TargetColumnName = "Target", ScoreColumnName = "Score" },
                "ScoreColumnName must be null where TargetColumnName is set: a row is scored against what is reconstructed, and the "
                + "target is read in training only"
            },
            {
                new() { TargetColumnName = "Target", ContributionsColumnName = "Blame" },
                "ContributionsColumnName must be null where TargetColumnName is set: a row is scored against what is reconstructed, and "
                + "the target is read in training only"
            },
            {
                new()
                {
                    TargetColumnName = "Target",
                    Architecture = VaeArchitecture.Linear,
                    Training = new() { Initialization = VaeInitialization.ProbabilisticPca, Epochs = 1 },
                },
                "VaeTrainingOptions.Initialization ProbabilisticPca knows no target but the features"
            },
            {
                new() { Architecture = null! },
                "Architecture must not be null"
            },
            {
                new() { Latent = null! },
                "Latent must not be null"
            },
            {
                new() { Likelihood = null! },
                "Likelihood must not be null"
            },
            {
                new() { Objective = null! },
                "Objective must not be null"
            },
            {
                new() { Training = null! },
                "Training must not be null"
            },
            {
                new() { Scoring = null! },
                "Scoring must not be null"
            },
            {
                new() { OutputColumnName = "", LogSigma = false },
                "a column name must not be blank"
            },
            {
                new() { InputColumnName = " " },
                "a column name must not be blank"
            },
            {
                new() { OutputColumnName = "Features" },
                "column 'Features' is named 2 times; the column read and each column added need names of their own, output first: "
                    + "VaeEmbed(\"Embedding\", \"Features\")"
            },
            {
                new() { LogSigmaColumnName = "Embedding" },
                "column 'Embedding' is named 2 times; the column read and each column added need names of their own"
            },
            {
                new() { ScoreColumnName = "vae.Score" },
                "column 'vae.Score': names that begin with 'vae/', 'vae.' or 'mlnet.' are reserved in saved models"
            },
            {
                new() { ReconstructionColumnName = "x.output" },
                "column 'x.output': a loaded model loses the ending '.output' of an added column's name"
            },
        };

    [Fact]
    public void Every_option_out_of_range_is_named_in_one_message()
    {
        string[] expected =
        [
            "Normalization must be one of Auto, Standardize, StandardizeShared, MinMax, None, but is 7",
            "ScoreKind must be one of ReconstructionError, NegativeElbo, NegativeLogLikelihood, NeighborDistance, but is 8",
            "a column name must not be blank",
            "HiddenSizes must be from 1 to 65536, but is 0",
            "HiddenSizes must be from 1 to 65536, but is 65537",
            "Activation must be one of Relu, Gelu, Tanh, Sigmoid, but is 9",
            "Dropout must be at least 0 and below 1, but is 1",
            "latentDimension must be from 1 to 4096, but is 0",
            "Sigma must be from 0.001 to 1000, but is 0",
            "Beta must be from 0 to 1000000, but is -1",
            "VaeTrainingOptions.Epochs must be from 1 to 1000000, but is 0",
            "VaeTrainingOptions.BatchSize must be from 1 to 1048576, but is 0",
            "VaeTrainingOptions.LearningRate must be above 0 and at most 1, but is 0",
            "VaeTrainingOptions.Schedule must be one of Cosine, Constant, but is 5",
            "VaeTrainingOptions.MaximumGradientNorm must be above 0, but is 0",
            "VaeTrainingOptions.ValidationFraction must be from 0 to 0.9, but is 0.91",
            "VaeTrainingOptions.Patience must be at least 1, but is 0",
            "VaeTrainingOptions.MemoryLimit must be at least 1048576 bytes, but is 1048575",
            "VaeTrainingOptions.Threads must be at least 1, but is 0",
            "VaeTrainingOptions.GpuDeviceId must be at least 0, but is -1",
            "VaeTrainingOptions.OnCancellation must be one of Throw, ReturnBest, but is 6",
            "VaeScoringOptions.BlockSize must be from 1 to 1048576, but is 0",
            "VaeScoringOptions.NonFiniteInput must be one of Throw, ReturnNaN, but is 4",
            "VaeScoringOptions.Threads must be at least 1, or null, but is 0",
            "VaeScoringOptions.GpuDeviceId must be at least 0, or null, but is -1",
        ];
        var options = new VaeOptions
        {
            InputColumnName = " ",
            Architecture = VaeArchitecture.Mlp(0, 65_537) with { Activation = (Activation)9, Dropout = 1 },
            Latent = VaeLatent.Gaussian(0),
            Likelihood = VaeLikelihood.GaussianWithSigma(0),
            Objective = new() { Beta = -1 },
            Normalization = (VaeNormalization)7,
            ScoreKind = (VaeScoreKind)8,
            Training = new()
            {
                Epochs = 0,
                BatchSize = 0,
                LearningRate = 0,
                Schedule = (VaeLearningRateSchedule)5,
                MaximumGradientNorm = 0,
                ValidationFraction = 0.91,
                Patience = 0,
                MemoryLimit = 1_048_575,
                Threads = 0,
                GpuDeviceId = -1,
                OnCancellation = (VaeCancellationBehavior)6,
            },
            Scoring = new()
            {
                BlockSize = 0,
                NonFiniteInput = (NonFiniteHandling)4,
                Threads = 0,
                GpuDeviceId = -1,
            },
        };
        Assert.Equal($"25 options are wrong: {string.Join("; ", expected)}.", Refused(() => _mlContext.Transforms.VaeEmbed(options)));
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Is_refused(VaeOptions options, string fault) =>
        Assert.Equal($"1 option is wrong: {fault}.", Refused(() => _mlContext.Transforms.VaeEmbed(options)));

    [Fact]
    public void The_faults_of_every_part_of_a_mixed_likelihood_are_named_in_one_message()
    {
        string[] expected =
        [
            "2 parts of the likelihood are named 'Size'; each needs a name of its own",
            "part 'Size': Count must be at least 1, but is 0",
            "part 'Size': Sigma must be from 0.001 to 1000, but is 0",
            "part 2 of the likelihood: Name must not be blank",
            "part 3 of the likelihood: Name must not be blank",
            "part 3 of the likelihood: Count must be at least 1, but is -1",
            "part 3 of the likelihood: Likelihood must not be null",
            "part 'Sold': Normalization Standardize gives values outside [0, 1], which a Bernoulli likelihood cannot have; choose Auto, "
            + "None or MinMax",
            "part 'Colour': Normalization Standardize gives values that no longer sum to 1, as those of a categorical likelihood must; "
            + "choose Auto or None",
            "part 'Rest': Likelihood must not itself be mixed; give its parts here",
        ];
        var options = new VaeOptions
        {
            Normalization = VaeNormalization.Standardize,
            Likelihood = VaeLikelihood.Mixed(
                ("Size", 0, VaeLikelihood.Gaussian),
                ("Size", 1, VaeLikelihood.GaussianWithSigma(0)),
                (" ", 1, VaeLikelihood.GaussianPerRow),
                (null!, -1, null!),
                ("Sold", 1, VaeLikelihood.Bernoulli),
                ("Colour", 3, VaeLikelihood.Categorical),
                ("Rest", 2, VaeLikelihood.Mixed(("a", 2, VaeLikelihood.Gaussian)))
            ),
        };
        Assert.Equal($"10 options are wrong: {string.Join("; ", expected)}.", Refused(() => _mlContext.Transforms.VaeEmbed(options)));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.1, "-0.1")]
    [InlineData(0.51, "0.51")]
    [InlineData(double.NaN, "NaN")]
    public void Contamination_lies_above_0_and_is_at_most_a_half(double contamination, string found) =>
        Assert.Equal(
            $"1 option is wrong: Contamination must be above 0 and at most 0.5, but is {found}.",
            Refused(() => _mlContext.AnomalyDetection.Trainers.Vae(contamination: contamination))
        );

    [Fact]
    public void A_threshold_needs_rows_that_are_held_out() =>
        Assert.Equal(
            "1 option is wrong: VaeTrainingOptions.ValidationFraction must be above 0: the threshold is taken on held-out rows.",
            Refused(() => _mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions { Training = new() { ValidationFraction = 0 } }))
        );

    [Fact]
    public void The_faults_of_a_detector_come_with_those_of_its_model() =>
        Assert.Equal(
            "2 options are wrong: latentDimension must be from 1 to 4096, but is 0; Contamination must be above 0 and at most 0.5, but is "
            + "2.",
            Refused(() => _mlContext.AnomalyDetection.Trainers.Vae(latentDimension: 0, contamination: 2))
        );

    [Fact]
    public void The_arguments_of_the_catalog_are_checked_too() =>
        Assert.Equal(
            "2 options are wrong: latentDimension must be from 1 to 4096, but is 0; VaeTrainingOptions.Epochs must be from 1 to 1000000, "
            + "but is 0.",
            Refused(() => _mlContext.Transforms.VaeEmbed(latentDimension: 0, epochs: 0))
        );

    [Fact]
    public void The_limits_themselves_are_allowed()
    {
        var options = new VaeOptions
        {
            Architecture = VaeArchitecture.Mlp(1, 65_536),
            Latent = VaeLatent.Gaussian(4_096),
            Likelihood = VaeLikelihood.GaussianWithSigma(1e-3),
            Objective = new() { Beta = 0 },
            Training = new()
            {
                Epochs = 1,
                BatchSize = 1 << 20,
                LearningRate = 1,
                MaximumGradientNorm = double.PositiveInfinity,
                ValidationFraction = 0.9,
                Patience = 1,
                MemoryLimit = 1 << 20,
                Threads = 1,
                GpuDeviceId = 0,
            },
            Scoring = new() { BlockSize = 1 << 20 },
        };
        Assert.NotNull(_mlContext.Transforms.VaeEmbed(options));
        Assert.NotNull(_mlContext.Transforms.VaeEmbed(options with { Training = options.Training with { ValidationFraction = 0 } }));
        Assert.NotNull(_mlContext.AnomalyDetection.Trainers.Vae(contamination: 0.5));
    }

    private static string Refused(Func<object> create)
    {
        var exception = Assert.Throws<ArgumentException>(create);
        Assert.True(exception.Data.Contains(Mark), "refused without the environment's mark");
        return exception.Message;
    }
}
