using MathNet.Numerics;
using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;
using MLNet.Vae.Noise;
using MLNet.Vae.Tests.Likelihoods;

namespace MLNet.Vae.Tests.Onnx;

/// <summary>What the graphs compute, row by row in double precision and from the formulas alone.</summary>
internal static class DoubleForwardPass
{
    public sealed record Outputs(double[] Mean, double[] LogSigma, double[] Reconstruction, double[] Contributions, double Score);

    public static Outputs Run(TrainedVae network, VaeScoreKind kind, IReadOnlyList<float> features)
    {
        var x = Normalise(network, features);
        var hidden = Layers(network.Encoder, x);
        var latent = (GaussianPosterior)network.Latent;
        var mean = Dense(latent.Mean, hidden);
        var (minimum, maximum) = latent.LogSigmaRange;
        var logSigma = Dense(latent.LogSigma, hidden).Select(s => Math.Min(Math.Max(s, minimum), maximum)).ToArray();

        var output = Layers(network.Decoder, mean);
        var reconstruction = DoubleOutput
            .Mean(network.Distribution, output)
            .Select((e, i) => (e * network.Scaling.Scale[i]) + network.Scaling.Offset[i])
            .ToArray();

        var distribution = network.Distribution.Over(network.OutputScaling.Changes);
        if (kind == VaeScoreKind.NegativeLogLikelihood)
        {
            var sampled = Sampled(network, distribution, x, mean, logSigma);
            return new(mean, logSigma, reconstruction, sampled, sampled.Sum());
        }
        if (kind == VaeScoreKind.NeighborDistance)
        {
            var outside = DoubleOutput.OnSupport(distribution, VaeScoreKind.NegativeElbo, x, output);
            var far = Compared(network.Reference!, x, DoubleOutput.Mean(network.Distribution, output));
            far = [.. far.Select((term, j) => double.IsPositiveInfinity(outside[j]) ? double.PositiveInfinity : term)];
            return new(mean, logSigma, reconstruction, far, far.Sum());
        }
        var contributions = DoubleOutput.OnSupport(distribution, kind, x, output);
        if (kind == VaeScoreKind.NegativeElbo)
        {
            var kl = mean.Zip(logSigma, (m, s) => (0.5 * ((m * m) + Math.Exp(2 * s) - 1)) - s).Sum();
            contributions = [.. contributions.Select(c => c + (kl / x.Length))];
        }
        return new(mean, logSigma, reconstruction, contributions, contributions.Sum());
    }

    /// <summary>Mean distance to the nearest of each group, of all, and the residual's excess, each shared by its squares.</summary>
    private static double[] Compared(ReferenceRows reference, double[] x, double[] reconstructed)
    {
        var terms = new double[x.Length];
        var a = x.Select((value, j) => value / reference.Spread[j]).ToArray();
        foreach (var group in reference.Groups)
            Add(Nearest(group), reference.Weights.Groups / reference.Groups.Length);
        Add(Nearest([.. reference.Groups.SelectMany(group => group)]), reference.Weights.Nearest);
        var excess = x
            .Select((value, j) => Math.Abs(value - reconstructed[j]) / reference.ResidualScale[j] - reference.ResidualLimit[j])
            .Select(beyond => Math.Pow(Math.Max(0, beyond), 2));
        Add([.. excess], reference.Weights.Excess);
        return terms;

        double[] Nearest(float[][] rows) => rows.Select(row => row.Select((value, j) => Math.Pow(a[j] - value, 2)).ToArray())
            .MinBy(squares => squares.Sum())!;

        void Add(double[] squares, double weight)
        {
            var length = Math.Sqrt(squares.Sum());
            for (var j = 0; j < terms.Length && length > 0; j++)
                terms[j] += weight * squares[j] / length;
        }
    }

    /// <summary>−ln 1/S Σ wₛ, shared by the features: each its mean cost, weighted by wₛ, and the rest alike.</summary>
    private static double[] Sampled(TrainedVae network, OutputDistribution distribution, double[] x, double[] mean, double[] logSigma)
    {
        var noise = new float[SampledScore.Samples * mean.Length];
        new CounterNumbers(0).Fill(noise, mean.Length, default, 0);
        var samples = noise.Chunk(mean.Length).Select(normals =>
        {
            double[] z = [.. mean.Select((m, j) => m + Math.Exp(logSigma[j]) * normals[j])];
            var ratio = z.Select((value, j) => ((double)normals[j] * normals[j] - value * value) / 2 + logSigma[j]).Sum();
            var terms = DoubleOutput.OnSupport(distribution, VaeScoreKind.NegativeElbo, x, Layers(network.Decoder, z));
            return (Terms: terms, LogWeight: ratio - terms.Sum());
        }).ToArray();
        var largest = samples.Max(sample => sample.LogWeight);
        if (double.IsNegativeInfinity(largest))
            return [.. x.Select(_ => double.PositiveInfinity)];
        var total = samples.Sum(sample => Math.Exp(sample.LogWeight - largest));
        double[] means =
        [
            .. x.Select((_, j) => samples.Sum(sample => Math.Exp(sample.LogWeight - largest) / total * sample.Terms[j])),
        ];
        var score = -Math.Log(total / samples.Length) - largest;
        return [.. means.Select(term => term + (score - means.Sum()) / x.Length)];
    }

    /// <summary>What a vector-quantised model looks up in its codebook, <c>[codes·dimension]</c>.</summary>
    public static double[] Encoded(TrainedVae network, IReadOnlyList<float> features)
        => Dense(((QuantizedPosterior)network.Latent).Encoder!, Layers(network.Encoder, Normalise(network, features)));

    /// <summary>What the decoder's last layer gives of a code.</summary>
    public static double[] Decoded(TrainedVae network, IReadOnlyList<float> code) => Layers(network.Decoder, [.. code]);

    private static double[] Normalise(TrainedVae network, IReadOnlyList<float> features)
        => [.. features.Select((f, i) => ((double)f - network.Scaling.Offset[i]) / network.Scaling.Scale[i])];

    private static double[] Layers(IEnumerable<Layer> layers, double[] x)
    {
        foreach (var layer in layers)
        {
            x = layer switch
            {
                DenseLayer dense => Dense(dense, x),
                NormLayer norm => Norm(norm, x),
                ActivationLayer(var activation) => [.. x.Select(v => Activate(activation, v))],
                _ => throw new NotSupportedException(),
            };
        }
        return x;
    }

    private static double[] Dense(DenseLayer layer, double[] x)
        => [.. layer.Bias.Select((b, o) => b + x.Select((v, i) => v * layer.Weight[(o * layer.Inputs) + i]).Sum())];

    private static double[] Norm(NormLayer layer, double[] x)
    {
        var mean = x.Average();
        var deviation = Math.Sqrt(x.Average(v => (v - mean) * (v - mean)) + layer.Epsilon);
        return [.. x.Select((v, i) => ((v - mean) / deviation * layer.Gain[i]) + layer.Bias[i])];
    }

    private static double Activate(Activation activation, double x) => activation switch
    {
        Activation.Relu => Math.Max(0, x),
        Activation.Gelu => x * (1 + SpecialFunctions.Erf(x / Math.Sqrt(2))) / 2,
        Activation.Tanh => Math.Tanh(x),
        Activation.Sigmoid => Sigmoid(x),
        _ => throw new NotSupportedException(),
    };

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
