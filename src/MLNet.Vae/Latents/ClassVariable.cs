using MLNet.Vae.Architectures;
using MLNet.Vae.Modules;
using MLNet.Vae.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Latents;

/// <summary>
/// M2 (Kingma, Rezende, Mohamed and Welling 2014): q(y | x) and q(z | x, y) = N(mean, diag σ²), p(y) uniform, p(z) = N(0, I). Of a row
/// whose label is known the bound is that of (x, y) (eq. 6); of any other Σ_y q(y | x) of it, and the entropy of q(y | x) (eq. 7). Each
/// class is a branch of each row.
/// </summary>
internal sealed class ClassVariable : LatentVariable
{
    private readonly SemiSupervisedLatent _options;
    private readonly int _codeHidden;
    private readonly int _classes;
    private readonly Dense _classifier;
    private readonly Network _body;
    private readonly GaussianHead _head;

    public ClassVariable(LatentSurroundings surroundings, SemiSupervisedLatent options, ParameterVector parameters, Generator random)
    {
        // Half of what the encoder gives is for the code and half for the class.
        (_options, _codeHidden, _classes) = (options, surroundings.Hidden / 2, surroundings.Classes);
        _classifier = new(_codeHidden, _classes, parameters, random);
        _body = surroundings.Architecture.Prior(_codeHidden + _classes, parameters, random);
        _head = new(_body.Outputs, options.Dimension, surroundings.SharesPosteriorSigma, parameters, random);
    }

    public override int Length => _options.Dimension + _classes;

    public override int NoiseLength => _options.Dimension;

    public override int Branches => _classes;

    /// <summary>What is learned of labels is the mean over those of a batch.</summary>
    public override bool TakesRowsAlone => false;

    /// <param name="hidden"><c>[rows, hidden]</c>.</param>
    /// <param name="condition">Labels, 1 among zeros or, where they are missing, zeros alone, <c>[rows, classes]</c>.</param>
    /// <param name="noise"><c>[rows, dimension]</c>, the same for each branch.</param>
    /// <param name="samples">1.</param>
    /// <param name="densities">Not to be had.</param>
    public override LatentInference Infer(Tensor hidden, Tensor? condition, Tensor noise, int samples, bool densities)
    {
        var (rows, halves) = (hidden.size(0), hidden.split(_codeHidden, 1));
        var labels = condition ?? zeros(rows, _classes, device: hidden.device);
        var logProbabilities = nn.functional.log_softmax(_classifier.Forward(halves[1]), 1);
        var isLabelled = labels.sum(1L, keepdim: true);
        var probabilities = logProbabilities.exp();
        // [rows, classes]: of a labelled row its label, of another what is believed of it.
        var weights = labels.Plus(probabilities - probabilities * isLabelled);

        // [classes·rows, …]: all rows with the first class, then all with the second, and so on.
        var classes = eye(_classes, device: hidden.device).repeat_interleave(rows, 0);
        var (mean, logSigma) = _head.Forward(_body.Forward(cat([halves[0].PerSample(_classes), classes], 1), null, null));
        var z = GaussianVariable.Reparameterise(mean, logSigma, noise.PerSample(_classes));
        var byClass = weights.t().reshape(-1, 1);
        var kl = (GaussianKl.PerDimension(mean, logSigma) * byClass).view(_classes, rows, -1).sum(0L);

        // Σ q ln(q / (1/C)), and of a labelled row −ln (1/C).
        using Scalar logClasses = Math.Log(_classes), branches = (double)_classes;
        var classKl = weights * (logProbabilities - logProbabilities * isLabelled).Plus(logClasses);
        var likeliest = logProbabilities.argmax(1);
        var own = mean.view(_classes, rows, -1).transpose(0, 1)
            .gather(1, likeliest.view(-1, 1, 1).expand(-1, 1, _options.Dimension)).squeeze(1);
        return new(
            cat([z, classes], 1),
            cat([own, nn.functional.one_hot(likeliest, _classes).to_type(ScalarType.Float32)], 1),
            null,
            cat([kl, classKl], 1),
            Penalty: Classification(logProbabilities, labels, isLabelled),
            Weights: byClass.view(-1) * branches);
    }

    public override LatentNetwork Export()
    {
        var (mean, logSigma) = _head.Export();
        return new ClassPosterior(
            _classifier.Export(),
            [.. _body.Export()],
            mean,
            logSigma,
            (GaussianHead.MinimumLogSigma, GaussianHead.MaximumLogSigma))
        {
            CodeHidden = _codeHidden,
        };
    }

    public override string? Warning(VaeEpoch epoch) => null;

    /// <summary>−α ln q(y | x), mean over the labelled rows; 0 where there are none.</summary>
    private Tensor Classification(Tensor logProbabilities, Tensor labels, Tensor isLabelled)
    {
        using Scalar weight = -_options.ClassificationWeight, one = 1;
        return weight * (logProbabilities * labels).sum() / isLabelled.sum().clamp_min(one);
    }
}
