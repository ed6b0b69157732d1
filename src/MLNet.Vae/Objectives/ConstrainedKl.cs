using MLNet.Vae.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Objectives;

/// <summary>
/// β·(KL − δ), the Lagrangian of the constraint KL = δ (Higgins et al. 2017, eq. 2 and 3), with the multiplier β learned from a smoothed constraint
/// (Rezende and Viola 2018, algorithm 1).
/// </summary>
internal sealed class ConstrainedKl(double target) : KlCost
{
    private const double Smoothing = 0.9, Rate = 0.01, Damping = 1;
    private const double Tolerance = 0.02, MissWeight = 10, MaximumLogBeta = 14;

    private double _integral;
    private double _logBeta;
    private double? _smoothed;

    public override Tensor Of(Tensor kl)
    {
        using Scalar beta = Math.Exp(_logBeta), rows = kl.size(0);
        return beta * kl.sum() / rows;
    }

    public override double Of(Evaluation evaluation)
        => MissWeight * Math.Exp(_logBeta) * Math.Max(0, Math.Abs(evaluation.Kl - target) - Tolerance * target);

    public override double Weight(int latent) => Math.Exp(_logBeta);

    public override void AfterStep(double kl, double pace)
    {
        _smoothed = _smoothed is { } before ? Smoothing * before + (1 - Smoothing) * kl : kl;
        var constraint = Math.Clamp(_smoothed.Value / target - 1, -1, 1);
        _integral = Math.Clamp(_integral + pace * Rate * constraint, -MaximumLogBeta, MaximumLogBeta);
        _logBeta = _integral + Damping * constraint;
    }
}
