using System.Diagnostics;
using Examples;
using Microsoft.ML;
using MLNet.Vae;
using MLNet.Vae.Modules;

namespace Digits;

/// <summary>The whole job, from files to pictures and a report.</summary>
internal sealed class Job
{
    private const int CoverageSamples = 1_000;

    public required DigitSet Digits { get; init; }

    public required int Epochs { get; init; }

    public required int Latent { get; init; }

    public required bool Convolutional { get; init; }

    public required bool ConditionalOnly { get; init; }

    public required DirectoryInfo Folder { get; init; }

    public required int Seed { get; init; }

    public void Run()
    {
        var watch = Stopwatch.StartNew();
        var mlContext = new MLContext(Seed);
        Output.ShowWarnings(mlContext);
        Folder.Create();
        Output.Heading(
            $"{Digits.Train.Length:N0} pictures of {Digits.Shape.Height} x {Digits.Shape.Width} pixels to train on, "
            + $"{Digits.Test.Length:N0} others; {Digits.Labels.Length} labels"
        );
        var models = new DigitModels(mlContext, Digits, Epochs, Latent, Convolutional, Seed);
        var sheets = new PictureSheets(Digits, Folder, Seed);

        if (!ConditionalOnly)
        {
            using var vae = Output.Timed($"variational autoencoder, {Latent} latent dimensions", models.Variational);
            using var generator = VaeGenerator.From(vae);
            sheets.OfVariational(generator);
            using (var autoencoder = Output.Timed("autoencoder of the same size", models.Autoencoder))
            {
                Compare(generator, autoencoder, sheets);
            }

            using (var plane = Output.Timed("variational autoencoder, 2 latent dimensions", models.TwoDimensional))
            {
                sheets.OfTwoDimensional(plane);
            }

            using (var denoising = Output.Timed("denoising autoencoder", models.Denoising))
            {
                sheets.OfDenoising(denoising);
            }

            var test = Digits.View(mlContext, Digits.Test);
            mlContext.Model.SaveAtomically(vae, test.Schema, Path.Combine(Folder.FullName, "model.zip"));
            Report(mlContext, vae, test);
        }

        using (var conditional = Output.Timed("conditional variational autoencoder", models.Conditional))
        {
            sheets.OfConditional(conditional);
        }

        Output.Heading("Written");
        Output.Files(Folder.FullName);
        Output.Line($"Done in {Output.Seconds(watch.Elapsed)}.");
    }

    private void Report(MLContext mlContext, VaeTransformer transformer, IDataView data) =>
        VaeReport
            .Create(
                mlContext,
                transformer,
                data,
                new()
                {
                    Title = "Digits",
                    ColorColumns = [nameof(Digit.Label)],
                    ImageShape = Digits.Shape,
                    Seed = Seed,
                    Notes = new Dictionary<string, string> { ["Data"] = $"{Digits.Test.Length:N0} pictures not trained on" },
                }
            )
            .Save(Path.Combine(Folder.FullName, "report.html"));

    private void Compare(VaeGenerator variational, VaeTransformer autoencoder, PictureSheets sheets)
    {
        using var plain = VaeGenerator.From(autoencoder);
        var (train, test) = (Digits.Train.Select(digit => digit.Features).ToArray(), Digits.Test.Select(digit => digit.Features).ToArray());
        var coverages = Output.Timed("samples of both, decoded and encoded again", _ => new[] { variational, plain }
            .Select(generator => VaePriorCoverage.Measure(generator, train, test, CoverageSamples, Seed)).ToArray());
        sheets.OfHoles(coverages);
        Output.Table(
            [Output.Left("Samples of"), Output.Right("Code stays near"), Output.Right("Nearest training picture, held-out ones = 1")],
            coverages.Select(coverage => new[]
            {
                coverage.HasOwnPrior ? "the VAE's prior" : "a normal distribution fitted to the autoencoder's codes",
                $"{coverage.NearShare:P1}", $"{coverage.DistanceRatio:F2}",
            }));
    }
}
