namespace MLNet.Vae;

/// <summary>What cannot be trained by several processes, as it takes the rows of all of them at once.</summary>
internal static class GroupFaults
{
    private const string Group = $"{nameof(VaeTrainingOptions)}.{nameof(VaeTrainingOptions.Group)}";

    public static IEnumerable<string> Of(VaeModelOptions options)
    {
        if (options.Training.Group is not { Size: > 1 })
            yield break;
        if (options is not (VaeOptions or VaeAnomalyOptions or VaeTableOptions))
        {
            yield return $"{Group} trains {nameof(VaeOptions)}, {nameof(VaeAnomalyOptions)} and {nameof(VaeTableOptions)}, not "
                + $"{options.GetType().Name}: train this in one process, on a sample of the rows";
        }
        if (options is VaeTableOptions { Sampler: not null })
            yield return $"{Group} trains no {nameof(VaeTableOptions.Sampler)}: leave it null, or train in one process";
        if (options.Latent is not (GaussianLatent or HierarchicalLatent or DeterministicLatent { Sparsity: null }))
        {
            yield return $"{Group} needs {nameof(VaeLatent)}.{nameof(VaeLatent.Gaussian)}, {nameof(VaeLatent.Hierarchical)} or "
                + $"{nameof(VaeLatent.Deterministic)} without a sparsity, but {nameof(VaeModelOptions.Latent)} is {options.Latent.Kind}";
        }
        if (options.Target is not null)
            yield return $"{Group} takes no target column";
        if (options.Training.Initialization == VaeInitialization.ProbabilisticPca)
        {
            yield return $"{Group} has no start from the closed form: leave {nameof(VaeTrainingOptions.Initialization)} at "
                + nameof(VaeInitialization.Auto);
        }
    }
}
