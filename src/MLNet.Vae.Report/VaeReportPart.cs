namespace MLNet.Vae;

/// <summary>A part of a <see cref="VaeReport"/>, which also stands by itself as a fragment of HTML.</summary>
public enum VaeReportPart
{
    /// <summary>The model in a few figures.</summary>
    Summary,

    /// <summary>What a person should look at, in words.</summary>
    Warnings,

    /// <summary>
    /// Bound, reconstruction and KL by epoch, on training rows and on rows held out, the best epoch marked. Needs a training history.
    /// </summary>
    LossCurves,

    /// <summary>
    /// What each latent dimension is used for: KL by dimension, or the spread of a deterministic code, or the use of a codebook.
    /// </summary>
    LatentDimensions,

    /// <summary>The rows in the latent space: two dimensions, principal components or UMAP, coloured by any column.</summary>
    LatentSpace,

    /// <summary>
    /// The decoder, run in the page: sliders for z and a choice of condition. Needs <see cref="VaeReportOptions.Explorer"/>, and a model
    /// without codes.
    /// </summary>
    Explorer,

    /// <summary>The histogram of the scores with a threshold to move. Needs a model that gives scores.</summary>
    Scores,

    /// <summary>
    /// The rows of the highest scores with what contributes to them; of a table each cell beside what it should have been. Needs a model
    /// that gives scores.
    /// </summary>
    WorstRows,

    /// <summary>
    /// The columns of a table: how each is modelled and why, its mean share in the score, where it is missing, where it holds what training
    /// had not. Needs a model of a table.
    /// </summary>
    Columns,

    /// <summary>Pictures beside their reconstructions. Needs an image shape.</summary>
    Reconstructions,

    /// <summary>
    /// Pictures decoded on a grid of two latent dimensions. Needs an image shape and <see cref="VaeReportOptions.Explorer"/>, and a model
    /// without codes.
    /// </summary>
    Manifold,

    /// <summary>The model's options, its training and the data.</summary>
    Details,
}
