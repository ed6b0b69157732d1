using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Onnx;
using MLNet.Vae.Tests.Training;
using static MLNet.Vae.Benchmarks.Numbers.MarkdownTable;

namespace MLNet.Vae.Benchmarks.Numbers;

/// <summary>
/// A linear Gaussian model at its optimum is probabilistic PCA (Lucas et al. 2019), a linear autoencoder is PCA: both have closed forms.
/// </summary>
internal sealed class ClosedForms : INumbersTable
{
    private const string Rows = "optdigits/optdigits.tes";
    private const int Seed = 1, ImportanceSamples = 100, BatchSize = 512;
    private const double LearningRate = 0.05;

    // More dimensions take more steps: the smallest eigenvalues kept are close to those left out.
    private static readonly (int Latent, int VaeEpochs, int AutoencoderEpochs)[] Models =
        [(2, 1_000, 400), (8, 1_000, 400), (16, 2_500, 400), (32, 5_000, 1_500)];

    public string Name => "closed-forms";

    public string Title => "Closed forms: PCA and probabilistic PCA";

    public IReadOnlyList<string> Files => [Rows];

    public string Describe(NumbersOptions options) =>
        $"`{Rows}`, 1,797 rows of 64 pixels in [0, 1], not normalised, none held out. Closed form: `VaeInitialization.ProbabilisticPca`, "
        + "`Epochs = 0`. "
        + $"Trained: `VaeArchitecture.Linear` from random weights, seed {Seed}, batches of {BatchSize}, learning rate {LearningRate} "
        + "falling as a cosine; "
        + $"the autoencoder has a deterministic latent. The bound is its expectation, computed from the weights; "
        + $"ln p sampled: {ImportanceSamples} importance samples per row, ± the standard error of the sampling.";

    public IEnumerable<MarkdownTable> Measure(NumbersOptions options)
    {
        var rows = OpticalDigits.Read(options.Path(Rows));
        var data = new ArrayView([.. rows.SelectMany(row => row)], OpticalDigits.Pixels);
        var likelihoods = new List<IReadOnlyList<string>>();
        var errors = new List<IReadOnlyList<string>>();
        foreach (var (latent, vaeEpochs, autoencoderEpochs) in Models)
        {
            options.Progress($"{Name}: {latent} dimensions");
            var closed = new VaeTrainingOptions
            {
                Initialization = VaeInitialization.ProbabilisticPca,
                Epochs = 0,
                ValidationFraction = 0,
                Seed = Seed,
                Threads = options.Threads,
            };
            var trained = closed with
            {
                Initialization = VaeInitialization.Random,
                Epochs = vaeEpochs,
                BatchSize = BatchSize,
                LearningRate = LearningRate,
            };
            likelihoods.Add(Likelihood(data, rows, VaeLatent.Gaussian(latent), closed, trained));
            errors.Add(Error(data, rows, VaeLatent.Deterministic(latent), closed, trained with { Epochs = autoencoderEpochs }));
        }
        yield return new(
            "Probabilistic PCA and the linear variational autoencoder, nats per row.",
            [
                "latent",
                "ln p, closed form",
                "bound, trained",
                "ln p sampled, trained",
                "σ², closed form",
                "σ², trained",
                "epochs",
                "s, closed form",
                "s, trained",
            ],
            likelihoods
        );
        yield return new(
            "PCA and the linear autoencoder, squared error per row.",
            ["latent", "error, closed form", "error, trained", "above it", "epochs", "s, trained"],
            errors);
    }

    private static string[] Likelihood(
        ArrayView data,
        float[][] rows,
        VaeLatent latent,
        VaeTrainingOptions closed,
        VaeTrainingOptions trained
    )
    {
        using var exact = Fit(data, latent, closed);
        using var learned = Fit(data, latent, trained);
        var (exactNetwork, learnedNetwork) = (
            new LinearNetwork(OnnxWeights.Linear(exact.Model)),
            new LinearNetwork(OnnxWeights.Linear(learned.Model))
        );
        var sampled = ImportanceSampling.Of(learned, data, ImportanceSamples, Seed);
        return
        [
            Cell(exact.Model.Info.LatentDimension, 0),
            Cell(exactNetwork.Elbo(rows), 4),
            Cell(learnedNetwork.Elbo(rows), 4),
            $"{Cell(sampled.Mean, 4)} ± {Cell(sampled.SamplingError, 4)}",
            Cell(exactNetwork.SigmaSquared, 6),
            Cell(learnedNetwork.SigmaSquared, 6),
            Cell(trained.Epochs, 0),
            Seconds(Trained.Sound(exact.Model.Info.Training!).Elapsed.TotalSeconds),
            Seconds(Trained.Sound(learned.Model.Info.Training!).Elapsed.TotalSeconds),
        ];
    }

    private static string[] Error(ArrayView data, float[][] rows, VaeLatent latent, VaeTrainingOptions closed, VaeTrainingOptions trained)
    {
        using var exact = Fit(data, latent, closed);
        using var learned = Fit(data, latent, trained);
        var (exactError, learnedError) = (SquaredError(exact, data, rows), SquaredError(learned, data, rows));
        return
        [
            Cell(exact.Model.Info.LatentDimension, 0),
            Cell(exactError, 5),
            Cell(learnedError, 5),
            $"{Cell(100 * (learnedError / exactError - 1), 2)} %",
            Cell(trained.Epochs, 0),
            Seconds(Trained.Sound(learned.Model.Info.Training!).Elapsed.TotalSeconds),
        ];
    }

    private static VaeTransformer Fit(ArrayView data, VaeLatent latent, VaeTrainingOptions training)
        => new MLContext(Seed).Transforms.VaeEmbed(new VaeOptions
        {
            InputColumnName = ArrayView.Column,
            ReconstructionColumnName = "Reconstruction",
            ScoreColumnName = "Score",
            Architecture = VaeArchitecture.Linear,
            Latent = latent,
            Normalization = VaeNormalization.None,
            Training = training,
        }).Fit(data);

    private static double SquaredError(VaeTransformer transformer, ArrayView data, float[][] rows)
        => transformer.Transform(data).GetColumn<float[]>("Reconstruction")
            .Zip(rows, (found, row) => found.Zip(row, (a, b) => ((double)a - b) * (a - b)).Sum()).Average();
}
