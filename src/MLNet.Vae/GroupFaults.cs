namespace MLNet.Vae;

/// <summary>What cannot be trained by several processes, as it takes the rows of all of them at once.</summary>
internal static class GroupFaults
{
    private const string Group = $"{nameof(VaeTrainingOptions)}.{nameof(VaeTrainingOptions.Group)}";

    public static IEnumerable<string> Of(VaeModelOptions options)
    {
        if (options.Training.Group is not { Size: > 1 })
            yield break;
        if (options is not VaeOptions)
        {
            yield return $"{Group} trains {nameof(VaeOptions)} alone, not {options.GetType().Name}: train this in one process, on a sample "
                + "of the rows";
        }
        if (options.Latent is not (GaussianLatent or HierarchicalLatent or DeterministicLatent { Sparsity: null }))
        {
            yield return $"{Group} needs {nameof(VaeLatent)}.{nameof(VaeLatent.Gaussian)}, {nameof(VaeLatent.Hierarchical)} or "
                + $"{nameof(VaeLatent.Deterministic)} without a sparsity, but {nameof(VaeModelOptions.Latent)} is {options.Latent.Kind}";
        }
        if (options.Target is not null)
            yield return $"{Group} takes no target column";
        if (options.Score == VaeScoreKind.NeighborDistance && options.Columns.Score is not null)
        {
            yield return $"{Group} takes no {nameof(VaeModelOptions.ScoreKind)} {options.Score}, which carries rows of all; choose another";
        }
        if (options.Training.Restarts > 1)
            yield return $"{Group} takes one run: set {nameof(VaeTrainingOptions.Restarts)} to 1";
        if (options.Training.CheckpointFolder is not null)
            yield return $"{Group} keeps no checkpoints: leave {nameof(VaeTrainingOptions.CheckpointFolder)} null";
        if (options.Training.Initialization == VaeInitialization.ProbabilisticPca)
        {
            yield return $"{Group} has no start from the closed form: leave {nameof(VaeTrainingOptions.Initialization)} at "
                + nameof(VaeInitialization.Auto);
        }
    }
}
