using MLNet.Vae.Architectures;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Tests.Training;

/// <summary>
/// x ~ N(m, s²), one latent, decoder noise σ: the optimum decodes w·z + m with w² = s² − σ², and encodes w(x − m)/s² with variance σ²/s²;
/// as σ shrinks that is s·z + m and (x − m)/s.
/// </summary>
public sealed class OneDimensionalGaussianTests
{
    private const double Mean = 3, Deviation = 2, Sigma = 0.2, Tolerance = 0.02;

    [Fact]
    public void Encoder_standardises_and_decoder_undoes_it()
    {
        var rows = Rows();
        var result = Trainer.Train(rows, new()
        {
            Architecture = VaeArchitecture.Linear,
            Latent = VaeLatent.Gaussian(1),
            Likelihood = VaeLikelihood.GaussianWithSigma(Sigma),
            Normalization = VaeNormalization.None,
            Training = new() { Epochs = 2_000, BatchSize = 200, LearningRate = 0.05, ValidationFraction = 0 },
        });

        var linear = new LinearNetwork(result.Network);
        var loading = Math.Sqrt(Deviation * Deviation - Sigma * Sigma);
        var sign = Math.Sign(((DenseLayer)result.Network.Decoder[^1]).Weight[0]);
        Assert.Equal(Mean, linear.Decode([0], 0), Tolerance * Deviation);
        Assert.Equal(Mean + sign * loading, linear.Decode([1], 0), Tolerance * Deviation);
        Assert.Equal(0, linear.Encode([(float)Mean], 0), Tolerance);
        Assert.Equal(sign * loading / Deviation, linear.Encode([(float)(Mean + Deviation)], 0), Tolerance);
        Assert.Equal(Sigma * Sigma / (Deviation * Deviation), linear.PosteriorVariance[0], Tolerance * Sigma);
    }

    /// <summary>Rows whose mean and standard deviation are exactly those of the example.</summary>
    private static float[][] Rows()
    {
        const int count = 1_000;
        var random = new Random(1);
        var draws = Enumerable.Range(0, count).Select(_ => Trainer.Normal(random)).ToArray();
        var mean = draws.Average();
        var deviation = Math.Sqrt(draws.Average(d => (d - mean) * (d - mean)));
        return [.. draws.Select(d => new[] { (float)(Mean + Deviation * (d - mean) / deviation) })];
    }
}
