namespace MLNet.Vae;

/// <summary>What does not go with a start from the closed form, or with taking no gradient step at all.</summary>
internal static class InitializationFaults
{
    private const string Start =
        $"{nameof(VaeTrainingOptions)}.{nameof(VaeTrainingOptions.Initialization)} {nameof(VaeInitialization.ProbabilisticPca)}";

    public static IEnumerable<string> Of(VaeModelOptions options)
    {
        if (options.Training.Initialization != VaeInitialization.ProbabilisticPca)
            yield break;
        if (!options.Architecture.IsLinear)
            yield return $"{Start} needs {nameof(VaeArchitecture)}.{nameof(VaeArchitecture.Linear)}, for the closed form is linear";
        if (options.Latent.ClosedFormDimension is null)
        {
            yield return $"{Start} needs {nameof(VaeLatent)}.{nameof(VaeLatent.Gaussian)}, or "
                + $"{nameof(VaeLatent)}.{nameof(VaeLatent.Deterministic)} without an activation";
        }
        if (options.Likelihood is not GaussianLikelihood)
        {
            yield return $"{Start} needs {nameof(VaeLikelihood)}.{nameof(VaeLikelihood.Gaussian)}, for the closed form has one σ for all "
                + "features";
        }
        if (options.Condition is not null)
            yield return $"{Start} knows no {nameof(VaeModelOptions.Condition)}";
        if (options.MissingValues != VaeMissingValues.Refuse)
        {
            yield return $"{Start} knows no {nameof(VaeModelOptions.MissingValues)} {options.MissingValues}; choose "
                + nameof(VaeInitialization.Random);
        }
        if (options.Target is not null)
            yield return $"{Start} knows no target but the features";
        if (options.Training.Epochs != 0)
            yield break;
        if (options.Objective != new VaeObjective())
        {
            yield return $"with {nameof(VaeTrainingOptions)}.{nameof(VaeTrainingOptions.Epochs)} 0 nothing is trained, so "
                + $"{nameof(VaeModelOptions.Objective)} must be the default; set {nameof(VaeTrainingOptions.Epochs)}";
        }
        if (options.Latent is DeterministicLatent { Sparsity: not null })
        {
            yield return $"with {nameof(VaeTrainingOptions)}.{nameof(VaeTrainingOptions.Epochs)} 0 nothing is trained, so "
                + $"{nameof(DeterministicLatent.Sparsity)} must be null; set {nameof(VaeTrainingOptions.Epochs)}";
        }
        if (options.Corruption is not null)
        {
            yield return $"with {nameof(VaeTrainingOptions)}.{nameof(VaeTrainingOptions.Epochs)} 0 nothing is trained, so "
                + $"{nameof(VaeModelOptions.Corruption)} must be null; set {nameof(VaeTrainingOptions.Epochs)}";
        }
    }
}
