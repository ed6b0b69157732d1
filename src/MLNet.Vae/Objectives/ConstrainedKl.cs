using MLNet.Vae.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Objectives;

/// <summary>
/// β·(KL − δ), the Lagrangian of the constraint KL = δ (Higgins et al. 2017, eq. 2 and 3), with the multiplier β learned from the smoothed
/// constraint C = KL/δ − 1 (Rezende and Viola 2018, algorithm 1): ln β ← ln β + ν·C. To that a share of C itself is added, which keeps β
/// from swinging around its aim.
/// </summary>
/// <remarks>
/// The KL is that of the rows trained on, whose number makes its mean a better estimate than that of the few held out; these say which of
/// the epochs that kept the constraint is the best.
/// </remarks>
internal sealed class ConstrainedKl(double target) : KlCost
{
    private const double Smoothing = 0.9, Rate = 0.03, Damping = 2, MaximumLogBeta = 14;

    // As shares of δ: up to the first a miss costs nothing, from there on more than it can gain, and the second is too far.
    private const double Tolerance = 0.02, LargestMiss = 0.05, MissWeight = 10;

    // A KL on its way past δ keeps the constraint for an epoch or two as well.
    private const int EpochsToSettle = 3;

    private double? _constraint;
    private double _integral;
    private double _logBeta;
    private int _keptInARow;
    private bool _isSettled;

    public override bool IsFinal => _isSettled;

    /// <summary>Without −β·δ, which has no gradient.</summary>
    public override Tensor Of(Tensor kl)
    {
        using Scalar beta = Math.Exp(_logBeta), rows = kl.size(0);
        return beta * kl.sum() / rows;
    }

    /// <summary>The Lagrangian at the present multiplier, whose least value the solution has, and what it costs to miss δ.</summary>
    public override double Of(Evaluation evaluation)
    {
        var miss = Math.Abs(evaluation.TrainedKl - target);
        return miss > LargestMiss * target
            ? double.PositiveInfinity
            : Math.Exp(_logBeta) * (evaluation.Kl - target + MissWeight * Math.Max(0, miss - Tolerance * target));
    }

    public override double CurrentBeta(int latent) => Math.Exp(_logBeta);

    public override void AfterStep(double kl)
    {
        var found = Math.Clamp(kl / target - 1, -1, 1);
        _constraint = _constraint is { } before ? Smoothing * before + (1 - Smoothing) * found : found;
        _integral = Math.Clamp(_integral + Rate * _constraint.Value, -MaximumLogBeta, MaximumLogBeta);
        _logBeta = _integral + Damping * _constraint.Value;
    }

    public override void AfterEpoch(double kl)
    {
        _keptInARow = Math.Abs(kl - target) <= Tolerance * target ? _keptInARow + 1 : 0;
        _isSettled |= _keptInARow >= EpochsToSettle;
    }

    public override void Exchange(TrainingState state)
    {
        state.Value("kl.constraint", ref _constraint);
        state.Value("kl.integral", ref _integral);
        state.Value("kl.logBeta", ref _logBeta);
        state.Value("kl.keptInARow", ref _keptInARow);
        state.Value("kl.isSettled", ref _isSettled);
    }

    public override string? Shortfall(VaeEpoch epoch) => Shortfall(epoch, nameof(VaeObjective.KlTarget), target);
}
