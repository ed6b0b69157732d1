namespace MLNet.Vae;

/// <summary>What cannot be trained by several processes, as it takes the rows of all of them at once.</summary>
internal static class GroupFaults
{
    private const string Group = $"{nameof(VaeTrainingOptions)}.{nameof(VaeTrainingOptions.Group)}";

    public static IEnumerable<string> Of(VaeModelOptions options)
    {
        if (options.Training.Group is not { Size: > 1 })
            yield break;
        if (options is VaeSeriesOptions)
            yield return $"{Group} trains no {nameof(VaeSeriesOptions)}: train in one process, on a sample of the readings";
        if (options is VaeTableOptions { Sampler: not null })
            yield return $"{Group} trains no {nameof(VaeTableOptions.Sampler)}: leave it null, or train in one process";
        if (options.Latent is VectorQuantizedLatent or DeterministicLatent { Sparsity: not null })
        {
            yield return $"{Group} takes no {nameof(VaeModelOptions.Latent)} whose rows have to do with each other, a codebook or a "
                + $"sparsity, but it is {options.Latent.Kind}: choose another, or train in one process";
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
