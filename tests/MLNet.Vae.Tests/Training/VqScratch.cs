using System.Globalization;

namespace MLNet.Vae.Tests.Training;
public sealed class VqScratch
{
    [SkippableFact]
    public void Measure()
    {
        var rows = TestData.OpticalDigits();
        foreach (var line in File.ReadLines("/tmp/vq_runs.txt"))
        {
            var p = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            double D(int i) => double.Parse(p[i], CultureInfo.InvariantCulture);
            var options = new VaeOptions
            {
                Latent = p[1] == "G" ? VaeLatent.Gaussian((int)D(2)) : VaeLatent.VectorQuantized((int)D(1), (int)D(2), (int)D(3)) with { Commitment = D(4), Decay = D(5), DeadCodeThreshold = D(6) },
                Likelihood = p[0] switch { "b" => VaeLikelihood.Bernoulli, "g" => VaeLikelihood.Gaussian, _ => VaeLikelihood.GaussianWithSigma(1) },
                Normalization = p[0] == "b" ? VaeNormalization.Auto : VaeNormalization.None,
                Training = new() { Epochs = (int)D(7), BatchSize = (int)D(8), Seed = p.Length > 9 ? (int)D(9) : 1, ValidationFraction = 0.2, Patience = 100000, MaximumGradientNorm = 1e9 },
            };
            var w = System.Diagnostics.Stopwatch.StartNew();
            var r = Trainer.Train(rows, options);
            var kl = r.History.Best.Kl;
            string E(VaeEpoch e) => FormattableString.Invariant($"{e.Epoch}: rec {e.Reconstruction:F2} val {-e.ValidationElbo - e.KlPerDimension.Sum():F2} perp {e.Perplexity:F1} act {e.ActiveUnits} s {e.DecoderSigma:F3}");
            var es = r.History.Epochs;
            File.AppendAllText("/tmp/vq_out.txt", line + "  [" + w.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture) + "s]\n   " + string.Join("\n   ", new[] { 0, 1, 4, es.Count / 4, es.Count / 2, es.Count - 1 }.Distinct().Where(i => i < es.Count).Select(i => E(es[i]))) + "\n   best " + E(r.History.Best) + " " + string.Join(" ", r.History.Warnings) + "\n");
        }
    }
}
