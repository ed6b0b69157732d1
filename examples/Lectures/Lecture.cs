using Digits;
using Microsoft.ML;
using MLNet.Vae;

namespace Lectures;

/// <summary>What every section works with: pictures, and how long to train.</summary>
internal sealed class Lecture
{
    /// <summary>Pictures to train on, at most.</summary>
    public const int Pictures = 10_000, QuickPictures = 3_000;

    private const int BatchSize = 64, QuickShare = 6;

    public required MLContext Context { get; init; }

    public required DigitSet Digits { get; init; }

    public required bool Quick { get; init; }

    public int Seed { get; init; } = 1;

    public IProgress<VaeTrainingProgress>? Progress { get; init; }

    public ImageShape Shape => Digits.Shape;

    /// <summary>Brightness of pixels, 0 to 1, <c>[rows][pixels]</c>.</summary>
    public float[][] Train => field ??= [.. Digits.Train.Select(digit => digit.Features)];

    public float[][] Test => field ??= [.. Digits.Test.Select(digit => digit.Features)];

    public string[] TrainLabels => field ??= [.. Digits.Train.Select(digit => digit.Label)];

    public string[] TestLabels => field ??= [.. Digits.Test.Select(digit => digit.Label)];

    /// <summary>The pictures to train on, as a view.</summary>
    public IDataView Data => field ??= Digits.View(Context, Digits.Train);

    public IDataView View(float[][] rows) => Digits.View(Context, rows.Select(row => new Digit { Features = row }));

    /// <param name="steps">Of gradient descent; a quick run has a sixth of them.</param>
    /// <param name="learningRate">Where it starts; it falls to 0.</param>
    public VaeTrainingOptions Training(int steps, double learningRate = 0.003) => new()
    {
        Epochs = Math.Max(2, (int)Math.Ceiling((double)(Quick ? steps / QuickShare : steps) * BatchSize / Digits.Train.Length)),
        BatchSize = BatchSize,
        LearningRate = learningRate,
        Seed = Seed,
        Progress = Progress,
    };

    public VaeTransformer Fit(VaeOptions options) => Context.Transforms.VaeEmbed(options).Fit(Data);

    public VaePictures PicturesOf(VaeGenerator generator, int scale = 2) => VaePictures.Of(generator, Shape, scale: scale);

    public VaePicture Sheet(IReadOnlyList<float[]> images, int columns) => VaePicture.Grid(Shape, images, columns, scale: 2);
}
