using System.Diagnostics;
using Examples;
using Microsoft.ML;
using MLNet.Vae;
using MLNet.Vae.Modules;

namespace Sprites;

/// <summary>The whole job, from drawing to pictures and a report.</summary>
internal sealed class Job
{
    private const int MeasuredSprites = 3_000, ShownSprites = 20, Enlargement = 2;

    public required int Sprites { get; init; }

    public required int Epochs { get; init; }

    public required int Latent { get; init; }

    public required double Beta { get; init; }

    public required bool Convolutional { get; init; }

    public required DirectoryInfo Folder { get; init; }

    public required int Seed { get; init; }

    public void Run()
    {
        var watch = Stopwatch.StartNew();
        var mlContext = new MLContext(Seed);
        Output.ShowWarnings(mlContext);
        Folder.Create();
        Output.Heading($"{Sprites:N0} sprites to train on, {MeasuredSprites:N0} others to measure on");
        var (trained, measured) = Output.Timed(
            "drawing",
            _ => (SpritePicture.Draw(Sprites, Seed), SpritePicture.Draw(MeasuredSprites, Seed + 1))
        );
        var models = new SpriteModels(mlContext, Latent, Epochs, Seed, Convolutional, trained);

        using var pca = Output.Timed("principal components", _ => models.PrincipalComponents());
        using var autoencoder = Output.Timed("autoencoder", models.Autoencoder);
        using var vae = Output.Timed("β-VAE", status => models.BetaVae(Beta, status));
        using var generator = VaeGenerator.From(vae);

        Output.Heading("How far the codes keep the factors apart (1 is best)");
        var measurement = new Measurement(measured, Seed);
        var scores = measurement.Scores(generator);
        Tables.Scores(
            ("principal components", measurement.Scores(pca)),
            ("autoencoder", measurement.Scores(autoencoder)),
            ($"β-VAE, β = {Beta:G4}", scores)
        );
        Output.Line("What the dimensions of the β-VAE tell, as shares of the entropy of each factor:");
        var order = Measurement.Order(vae.Model.Info);
        Tables.Information(scores, order, vae.Model.Info);

        Output.Heading("Written");
        WritePictures(generator, measured, order);
        var data = mlContext.Data.LoadFromEnumerable(measured);
        mlContext.Model.SaveAtomically(vae, data.Schema, Path.Combine(Folder.FullName, "model.zip"));
        WriteReport(mlContext, vae, data, scores);
        Output.Files(Folder.FullName);
        Output.Line($"Done in {Output.Seconds(watch.Elapsed)}.");
    }

    private void WritePictures(VaeGenerator generator, SpritePicture[] sprites, int[] order)
    {
        var pictures = VaePictures.Of(generator, SpritePicture.Shape, scale: Enlargement);
        var rows = sprites.Select(sprite => sprite.Features).ToArray();
        pictures.Reconstructions(rows[..ShownSprites]).SavePng(Path.Combine(Folder.FullName, "reconstructions.png"));
        pictures.Samples(ShownSprites, Seed).SavePng(Path.Combine(Folder.FullName, "samples.png"));
        pictures.Traversals(Middle(sprites).Features, order).SavePng(Path.Combine(Folder.FullName, "traversals.png"));
    }

    private void WriteReport(MLContext mlContext, VaeTransformer vae, IDataView data, VaeDisentanglementScores scores) =>
        VaeReport
            .Create(
                mlContext,
                vae,
                data,
                new()
                {
                    Title = "Sprites",
                    ColorColumns =
                    [
                        nameof(SpritePicture.Kind),
                        nameof(SpritePicture.Scale),
                        nameof(SpritePicture.Rotation),
                        nameof(SpritePicture.X),
                        nameof(SpritePicture.Y),
                    ],
                    ImageShape = SpritePicture.Shape,
                    Seed = Seed,
                    Notes = new Dictionary<string, string>
                    {
                        ["Data"] = $"{MeasuredSprites:N0} sprites not trained on",
                        ["β"] = $"{Beta:G4}",
                        ["Disentanglement"] = scores.ToString(),
                    },
                }
            )
            .Save(Path.Combine(Folder.FullName, "report.html"));

    /// <summary>A heart near the middle of the picture: there is room for what a traversal does to it.</summary>
    private static SpritePicture Middle(SpritePicture[] sprites) => sprites
        .Where(sprite => sprite.Kind == nameof(SpriteShape.Heart)).MinBy(sprite => sprite.X * sprite.X + sprite.Y * sprite.Y) ?? sprites[0];
}
