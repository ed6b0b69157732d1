
namespace MLNet.Vae.Onnx;

/// <summary>The names that onnx/README.md promises.</summary>
internal static class TensorNames
{
    public const string Rows = "N";
    public const string Samples = "SN";
    public const string Features = "features";
    public const string Condition = "condition";
    public const string Mean = "mean";
    public const string LogSigma = "log_sigma";
    public const string Component = "component";
    public const string Codes = "codes";
    public const string ClassProbabilities = "class_probabilities";
    public const string Class = "class";
    public const string Latent = "z";
    public const string Reconstruction = "reconstruction";
    public const string Score = "score";
    public const string Contributions = "contributions";

    /// <summary>Inside the model where the prior is learned, <c>[N, L]</c>.</summary>
    public const string PriorMean = "prior_mean", PriorLogSigma = "prior_log_sigma";

    /// <summary>Inside the model, one step of a prior over codes: what is known and remembered → logits and what is remembered.</summary>
    public const string CodePrior = "code_prior", CodePriorInput = "code_prior_input", CodePriorMemory = "code_prior_memory",
        CodePriorEntries = "code_prior_entries", CodePriorLogits = "code_prior_logits", CodePriorNextMemory = "code_prior_next_memory";

    /// <summary>Inside the model, for rows of a table: z and what is known of a row → logits of each field.</summary>
    public const string RowSampler = "row_sampler", RowSamplerInput = "row_sampler_input", RowSamplerLogits = "row_sampler_logits";

    /// <summary>Inside the model, for the log-likelihood: noise and repeats → weights.</summary>
    public const string Noise = "noise", Repeats = "repeats", LogWeight = "log_weight";

    /// <summary>Inside the model, for the log-likelihood by codes of the prior: codes and repeats → ln p(x | z).</summary>
    public const string ProposedCode = "proposed_z", LogDensity = "log_density";

    /// <summary>Inside the model, for draws from the likelihood: noise → a row.</summary>
    public const string OutputNoise = "output_noise", Draw = "draw";

    /// <summary>The codebook of a vector-quantised model, a constant <c>[codebook, dimension]</c>.</summary>
    public const string Codebook = "codebook";

    /// <summary>
    /// Inside the graphs of a model that takes missing values: 1 where a feature is there, else 0; and the features, 0 where they are not.
    /// <c>[N, D]</c> each.
    /// </summary>
    public const string Observed = "observed", ObservedFeatures = "observed.features";

    /// <summary>Inside the graphs: the condition as the networks read it.</summary>
    public const string NormalisedCondition = "condition.normalised";
}
