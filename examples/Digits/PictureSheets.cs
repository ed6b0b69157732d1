using MLNet.Vae;
using MLNet.Vae.Modules;

namespace Digits;

/// <summary>The pictures written.</summary>
internal sealed class PictureSheets(DigitSet digits, DirectoryInfo output, int seed)
{
    private const int Enlargement = 2, Columns = 20;

    private readonly float[][] _rows = [.. digits.Test.Select(digit => digit.Features)];

    public void OfVariational(VaeGenerator generator)
    {
        var pictures = VaePictures.Of(generator, digits.Shape, scale: Enlargement);
        Save(pictures.Reconstructions(_rows[..(2 * Columns)], columns: Columns), "reconstructions.png");
        Save(pictures.Samples(10 * Columns, seed, columns: Columns), "samples.png");

        // From one picture to the next that shows something else, six times.
        const int strips = 6, steps = 12;
        var images = new List<float[]>();
        for (var i = 0; i < digits.Test.Length - 1 && images.Count < strips * steps; i += 2)
        {
            if (digits.Test[i].Label != digits.Test[i + 1].Label)
            {
                images.AddRange(generator.Interpolate(_rows[i], _rows[i + 1], steps).Rows);
            }
        }

        if (images.Count > 0)
        {
            Save(VaePicture.Grid(digits.Shape, images, steps, scale: Enlargement), "interpolation.png");
        }
    }

    public void OfTwoDimensional(VaeTransformer transformer)
    {
        using var generator = VaeGenerator.From(transformer);
        Save(VaePictures.Of(generator, digits.Shape).Manifold(Columns, Columns), "manifold.png");
    }

    public void OfDenoising(VaeTransformer transformer)
    {
        using var generator = VaeGenerator.From(transformer);
        var (random, clean) = (new Random(seed), _rows[..Columns]);
        var noisy = Array.ConvertAll(
            clean,
            row => Array.ConvertAll(row, pixel => random.NextDouble() < DigitModels.Noise ? random.Next(2) : pixel)
        );
        Save(VaePictures.Of(generator, digits.Shape, scale: Enlargement).Denoised(noisy, clean, columns: Columns), "denoised.png");
    }

    public void OfConditional(VaeTransformer transformer)
    {
        using var generator = VaeGenerator.From(transformer);
        var pictures = VaePictures.Of(generator, digits.Shape, scale: Enlargement);
        VaeConditionValue[] conditions = [.. digits.Labels.Select(label => (VaeConditionValue)label)];
        var shown = digits
            .Test.Where(digit => digits.Labels.Contains(digit.Label))
            .DistinctBy(digit => digit.Label)
            .OrderBy(digit => digit.Label, StringComparer.Ordinal)
            .ToArray();
        Save(
            pictures.Analogies(
                [.. shown.Select(digit => digit.Features)],
                [.. shown.Select(digit => (VaeConditionValue)digit.Label)],
                conditions
            ),
            "analogies.png"
        );
        Save(pictures.Styles(conditions, Columns, seed), "styles.png");
    }

    /// <summary>Samples of each model, and below each the training picture nearest to it.</summary>
    public void OfHoles(IEnumerable<VaePriorCoverage> coverages)
    {
        var images = new List<float[]>();
        foreach (var coverage in coverages)
        {
            var samples = coverage.Samples.Take(Columns).ToArray();
            images.AddRange(samples.Select(sample => (float[])[.. sample.Row]));
            images.AddRange(samples.Select(sample => digits.Train[sample.NearestTrainingRow].Features));
        }

        Save(VaePicture.Grid(digits.Shape, images, Columns, scale: Enlargement), "holes.png");
    }

    private void Save(VaePicture picture, string name) => picture.SavePng(Path.Combine(output.FullName, name));
}
