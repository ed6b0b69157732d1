using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MLNet.Vae.Likelihoods;

namespace MLNet.Vae.Tests.Likelihoods;

/// <summary>The distributions of a decoder's output in double precision, from their formulas alone.</summary>
internal static class DoubleOutput
{
    /// <summary>E[x | z].</summary>
    public static double[] Mean(OutputDistribution distribution, double[] output) =>
        distribution switch
        {
            BernoulliOutput or GaussianUnitIntervalOutput => [.. output.Select(Sigmoid)],
            CategoricalOutput => [.. LogSoftmax(output).Select(Math.Exp)],
            GaussianPerRowOutput => output[..(output.Length / 2)],
            PoissonOutput or NegativeBinomialOutput => [.. output.Select(o => Math.Exp(LogMean(o)))],
            MixedOutput mixed => [.. Parts(mixed, output).SelectMany(part => Mean(part.Distribution, part.Output))],
            _ => output,
        };

    /// <summary>
    /// What each feature contributes to the score, but for the KL term: −ln p(x | z), or its part that depends on the error.
    /// </summary>
    public static double[] Terms(OutputDistribution distribution, VaeScoreKind kind, double[] x, double[] output) =>
        distribution switch
        {
            BernoulliOutput => [.. x.Zip(output, (x, l) => -(x * LogSigmoid(l)) - ((1 - x) * LogSigmoid(-l)))],
            CategoricalOutput => [.. x.Zip(LogSoftmax(output), (x, logP) => -x * logP)],
            PoissonOutput => [.. x.Zip(output, (x, o) => Math.Exp(LogMean(o)) - x * LogMean(o) + SpecialFunctions.GammaLn(x + 1))],
            NegativeBinomialOutput n =>
            [
                .. x.Select(
                    (x, j) => -LogNegativeBinomial(x, Math.Exp(LogMean(output[j])), Math.Exp(n.LogDispersion[j % n.LogDispersion.Length]))
                ),
            ],
            MixedOutput mixed =>
            [
                .. Parts(mixed, output).SelectMany(part => Terms(part.Distribution, kind, x[part.Features], part.Output)),
            ],
            _ when kind == VaeScoreKind.ReconstructionError => [.. x.Zip(Mean(distribution, output), (x, mean) => (x - mean) * (x - mean))],
            GaussianOutput g => [.. x.Zip(output, (x, mean) => -LogNormal(x, mean, g.LogSigma))],
            GaussianUnitIntervalOutput g => [.. x.Zip(output, (x, l) => -LogNormal(x, Sigmoid(l), g.LogSigma))],
            GaussianPerFeatureOutput g => [.. x.Zip(output, g.LogSigma).Select(f => -LogNormal(f.First, f.Second, f.Third))],
            GaussianPerRowOutput g =>
            [
                .. x.Select(
                    (x, j) => -LogNormal(x, output[j], g.MinimumLogSigma + Softplus(output[output.Length / 2 + j] - g.MinimumLogSigma))
                ),
            ],
            StudentTOutput t => [.. x.Zip(output, (x, location) => -StudentT.PDFLn(location, Math.Exp(t.LogScale), t.DegreesOfFreedom, x))],
            _ => throw new NotSupportedException(),
        };

    /// <summary>The same terms, with what values cost that the likelihood has no probability of its own for.</summary>
    public static double[] OnSupport(OutputDistribution distribution, VaeScoreKind kind, double[] x, double[] output)
    {
        const double FloorNats = 24 * 0.69314718055994531;
        const double Impossible = double.PositiveInfinity;
        switch (distribution)
        {
            case BernoulliOutput { IsScaled: true }:
                double[] inside = [.. x.Select(value => Math.Clamp(value, 0, 1))];
                return [.. Terms(distribution, kind, inside, output).Select((term, j) => term + FloorNats * Math.Abs(x[j] - inside[j]))];
            case BernoulliOutput:
                return [.. Terms(distribution, kind, x, output).Select((term, j) => x[j] is >= 0 and <= 1 ? term : Impossible)];
            case PoissonOutput or NegativeBinomialOutput:
                double[] counts = [.. x.Select(value => value >= 0 ? Math.Floor(value) : 0)];
                return [.. Terms(distribution, kind, counts, output).Select((term, j) => x[j] == counts[j] ? term : Impossible)];
            case CategoricalOutput when Array.TrueForAll(x, value => value == 0):
                var cost = Math.Max(FloorNats, -LogSoftmax(output).Min());
                return [.. x.Select(_ => cost / x.Length)];
            case CategoricalOutput when x.Min() < 0 || Math.Abs(x.Sum() - 1) > 2e-3:
                return [.. x.Select(_ => Impossible)];
            case MixedOutput mixed:
                return [.. Parts(mixed, output).SelectMany(part => OnSupport(part.Distribution, kind, x[part.Features], part.Output))];
            default:
                return Terms(distribution, kind, x, output);
        }
    }

    private static IEnumerable<(Range Features, OutputDistribution Distribution, double[] Output)> Parts(MixedOutput mixed, double[] output)
    {
        var (feature, parameter) = (0, 0);
        foreach (var part in mixed.Parts)
        {
            var parameters = part.Distribution is GaussianPerRowOutput ? 2 * part.Features : part.Features;
            yield return (feature..(feature + part.Features), part.Distribution, output[parameter..(parameter + parameters)]);
            (feature, parameter) = (feature + part.Features, parameter + parameters);
        }
    }

    private static double LogNegativeBinomial(double x, double mean, double r) =>
        SpecialFunctions.GammaLn(x + r)
        - SpecialFunctions.GammaLn(r)
        - SpecialFunctions.GammaLn(x + 1)
        + r * Math.Log(r / (r + mean))
        + x * Math.Log(mean / (r + mean));

    private static double LogMean(double output) => Math.Clamp(output, -16, 16);

    private static double LogNormal(double x, double mean, double logSigma) =>
        -(0.5 * Math.Pow((x - mean) / Math.Exp(logSigma), 2)) - logSigma - Math.Log(Math.Sqrt(Math.Tau));

    private static double[] LogSoftmax(double[] logits)
    {
        var largest = logits.Max();
        var logSum = largest + Math.Log(logits.Sum(l => Math.Exp(l - largest)));
        return [.. logits.Select(l => l - logSum)];
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double LogSigmoid(double x) => -Softplus(-x);

    private static double Softplus(double x) => Math.Max(x, 0) + double.LogP1(Math.Exp(-Math.Abs(x)));
}
