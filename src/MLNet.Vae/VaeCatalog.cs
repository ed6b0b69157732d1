using System.Runtime.CompilerServices;
using MLNet.Vae;
using MLNet.Vae.Interop;

namespace Microsoft.ML;

/// <summary>Variational autoencoders in the catalogs of an <see cref="MLContext"/>.</summary>
public static class VaeCatalog
{
    /// <summary>Trains a variational autoencoder and adds its posterior mean as an embedding of each row.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">
    /// Name of the column of posterior means, <c>Vector&lt;Single, latentDimension&gt;</c>; log σ goes to this name + "LogSigma".
    /// </param>
    /// <param name="inputColumnName">Name of the column of features, a vector of numbers of known size.</param>
    /// <param name="latentDimension">Length of the embedding, 1 to 4,096.</param>
    /// <param name="epochs">Passes over the training rows; <see langword="null"/>: as many as the number of rows asks for.</param>
    /// <param name="seed">Makes weights reproducible; <see langword="null"/>: drawn from the seed of the <see cref="MLContext"/>.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public static VaeEstimator VaeEmbed(this TransformsCatalog catalog,
        string outputColumnName = "Embedding", string inputColumnName = "Features",
        int latentDimension = GaussianLatent.DefaultDimension, int? epochs = null, int? seed = null)
        => catalog.VaeEmbed(new VaeOptions
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            Latent = VaeLatent.Gaussian(latentDimension),
            Training = new() { Epochs = epochs, Seed = seed },
        });

    /// <summary>
    /// Trains a variational autoencoder composed by <paramref name="options"/> and adds its posterior mean as an embedding of each row.
    /// </summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="options">The model, its training, and the columns it adds.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    [OverloadResolutionPriority(1)] // Of new() { … }, which would do for options of a table too.
    public static VaeEstimator VaeEmbed(this TransformsCatalog catalog, VaeOptions options)
        => new(MLNetInternals.Environment(catalog), options);

    /// <summary>
    /// Trains a variational autoencoder on the columns of a table as they come, values missing and all, and adds its posterior mean as an
    /// embedding of each row.
    /// </summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="options">Which columns, the model, its training, and the columns it adds.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public static VaeTableEstimator VaeEmbed(this TransformsCatalog catalog, VaeTableOptions options)
        => new(MLNetInternals.Environment(catalog), options);

    /// <summary>Trains a variational autoencoder on a table with holes, and fills them.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="options">
    /// Which columns, the model and its training; <see langword="null"/>: <see cref="VaeTableOptions.Imputation"/>. Names of output columns
    /// have no meaning here.
    /// </param>
    /// <param name="indicatorSuffix">
    /// With this behind its name a <c>Boolean</c> column for each column says whether its cell was missing; <see langword="null"/>: none
    /// does.
    /// </param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public static VaeImputeEstimator VaeImpute(
        this TransformsCatalog catalog, VaeTableOptions? options = null, string? indicatorSuffix = null)
        => new(MLNetInternals.Environment(catalog), options ?? VaeTableOptions.Imputation(), indicatorSuffix);

    /// <summary>Trains a classifier on rows of which few have a label (M2: Kingma, Rezende, Mohamed and Welling 2014).</summary>
    /// <param name="catalog">The multiclass trainers of an <see cref="MLContext"/>.</param>
    /// <param name="labelColumnName">Name of the column of labels, a key; a row whose key is missing has none.</param>
    /// <param name="featureColumnName">Name of the column of features, a vector of numbers of known size.</param>
    /// <param name="latentDimension">Latent dimensions beside the class, 1 to 4,096.</param>
    /// <param name="epochs">Passes over the training rows; <see langword="null"/>: as many as the number of rows asks for.</param>
    /// <param name="seed">Makes weights reproducible; <see langword="null"/>: drawn from the seed of the <see cref="MLContext"/>.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public static VaeSemiSupervisedEstimator VaeSemiSupervised(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label", string featureColumnName = "Features",
        int latentDimension = SemiSupervisedLatent.DefaultDimension, int? epochs = null, int? seed = null)
        => catalog.VaeSemiSupervised(new VaeSemiSupervisedOptions
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            Latent = VaeLatent.SemiSupervised(latentDimension),
            Training = new() { Epochs = epochs, Seed = seed, ValidationFraction = 0 },
        });

    /// <summary>
    /// Trains a classifier composed by <paramref name="options"/> on rows of which few have a label (M2: Kingma, Rezende, Mohamed and
    /// Welling 2014).
    /// </summary>
    /// <param name="catalog">The multiclass trainers of an <see cref="MLContext"/>.</param>
    /// <param name="options">The model, its training, and the columns it reads and adds.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public static VaeSemiSupervisedEstimator VaeSemiSupervised(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, VaeSemiSupervisedOptions options)
        => new(MLNetInternals.Environment(catalog), options);

    /// <summary>Trains a variational autoencoder that detects rows unlike the training rows.</summary>
    /// <param name="catalog">The anomaly detection trainers of an <see cref="MLContext"/>.</param>
    /// <param name="featureColumnName">Name of the column of features, a vector of numbers of known size.</param>
    /// <param name="latentDimension">Latent dimensions, 1 to 4,096.</param>
    /// <param name="contamination">Share of rows predicted anomalous, above 0 and at most 0.5.</param>
    /// <param name="epochs">Passes over the training rows; <see langword="null"/>: as many as the number of rows asks for.</param>
    /// <param name="seed">Makes weights reproducible; <see langword="null"/>: drawn from the seed of the <see cref="MLContext"/>.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public static VaeAnomalyEstimator Vae(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog,
        string featureColumnName = "Features", int latentDimension = GaussianLatent.DefaultDimension,
        double contamination = VaeAnomalyOptions.DefaultContamination, int? epochs = null, int? seed = null)
        => catalog.Vae(new VaeAnomalyOptions
        {
            FeatureColumnName = featureColumnName,
            Latent = VaeLatent.Gaussian(latentDimension),
            Contamination = contamination,
            Training = new() { Epochs = epochs, Seed = seed },
        });

    /// <summary>
    /// Trains a variational autoencoder composed by <paramref name="options"/> that detects rows unlike the training rows.
    /// </summary>
    /// <param name="catalog">The anomaly detection trainers of an <see cref="MLContext"/>.</param>
    /// <param name="options">The model, its training, and the columns it adds.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    [OverloadResolutionPriority(1)]
    public static VaeAnomalyEstimator Vae(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, VaeAnomalyOptions options)
        => new(MLNetInternals.Environment(catalog), options);

    /// <summary>
    /// Trains a variational autoencoder on the columns of a table as they come, values missing and all, that detects rows unlike the
    /// training rows.
    /// </summary>
    /// <param name="catalog">The anomaly detection trainers of an <see cref="MLContext"/>.</param>
    /// <param name="options">Which columns, the model, its training, and the columns it adds.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public static VaeTableEstimator Vae(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, VaeTableOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(MLNetInternals.Environment(catalog), options.AsDetector());
    }

    /// <summary>Trains a model of windows of a series of readings, and judges each reading by the window that it ends.</summary>
    /// <param name="catalog">The anomaly detection trainers of an <see cref="MLContext"/>.</param>
    /// <param name="columns">Columns of the channels: numbers, or vectors of numbers of known size.</param>
    /// <param name="steps">Readings of a window, 2 to 65,536.</param>
    /// <param name="keyColumnName">Column whose values are series of their own; <see langword="null"/>: there is one series.</param>
    /// <param name="timeColumnName">Column of the time, which must not go back; <see langword="null"/>: rows are in order.</param>
    /// <param name="seed">Makes weights reproducible; <see langword="null"/>: drawn from the seed of the <see cref="MLContext"/>.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public static VaeSeriesEstimator VaeSeries(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog,
        string[] columns, int steps = VaeWindowOptions.DefaultSteps, string? keyColumnName = null, string? timeColumnName = null,
        int? seed = null)
        => catalog.VaeSeries(new VaeSeriesOptions
        {
            Window = new()
            {
                Columns = [.. columns ?? []],
                Steps = steps,
                KeyColumnName = keyColumnName,
                TimeColumnName = timeColumnName,
            },
            Training = new() { Seed = seed, ValidationSplit = VaeValidationSplit.Last },
        });

    /// <summary>
    /// Trains a model of windows, composed by <paramref name="options"/>, of a series of readings, and judges each reading by the window
    /// that it ends.
    /// </summary>
    /// <param name="catalog">The anomaly detection trainers of an <see cref="MLContext"/>.</param>
    /// <param name="options">Windows, model and training.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public static VaeSeriesEstimator VaeSeries(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog, VaeSeriesOptions options)
        => new(MLNetInternals.Environment(catalog), options);
}
