using MLNet.Vae.Initialization;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Latents;

/// <summary>z = f(hidden): a plain autoencoder, sparse where a penalty is asked for.</summary>
internal sealed class DeterministicVariable(int hidden, DeterministicLatent options, ParameterVector parameters, Generator random)
    : LatentVariable
{
    private readonly Dense _code = options.Activation == Activation.Sigmoid
        ? Dense.ForSigmoid(hidden, options.Dimension, parameters, random)
        : new(hidden, options.Dimension, parameters, random);

    public override int Length => options.Dimension;

    public override int NoiseLength => 0;

    public override bool TakesRowsAlone => options.Sparsity is null;

    public override LatentInference Infer(Tensor hidden, Tensor? condition, Tensor noise, int samples, bool densities)
    {
        var code = _code.Forward(hidden);
        if (options.Activation is { } activation)
            code = code.Activate(activation);
        var penalty = options.Sparsity?.Penalty(code);
        return new(code.PerSample(samples), code, null, zeros_like(code), Penalty: penalty);
    }

    public override void Set(LinearSolution solution) => _code.Set(solution.Encoder);

    public override string? Warning(VaeEpoch epoch) =>
        epoch.ActiveUnits > 0
            ? null
            : "The code is the same for all rows: every unit of it is dead. Lower the weight of Sparsity or the learning rate, or fix the "
                + "likelihood's σ.";

    public override LatentNetwork Export() => new DeterministicPosterior(_code.Export(), options.Activation);
}
