using Microsoft.Extensions.AI;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Generators;

namespace MLNet.Vae;

/// <summary>Models as <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/>: rows in, the vectors that stand for them out.</summary>
/// <remarks>
/// <para>
/// The vectors are posterior means, <c>[L]</c>, L <see cref="VaeModelInfo.LatentDimension"/>, one for each row and in the order of the
/// rows. They are those that <see cref="VaeTransformer"/> gives, bit for bit where a row is scored in a block of as many rows.
/// </para>
/// <para>
/// <see cref="EmbeddingGeneratorMetadata"/> has the provider's name, <c>MLNet.Vae</c>, L, and an id of the model, which other weights
/// change. <see cref="EmbeddingGenerationOptions"/> that ask for another length or another model are refused, as a model has one of each.
/// <c>GetService</c> gives the metadata, the <see cref="VaeModel"/>, its <see cref="VaeModelInfo"/>, and what scores.
/// </para>
/// <para>
/// Rows are scored on the caller's thread, and the task is complete when it is returned: errors and cancellation are the task's.
/// Cancellation is looked at between blocks of an array, between rows of a transformer. A batch costs less than its rows one by one.
/// </para>
/// <para>
/// Thread-safe. Disposing a generator leaves the scorer or transformer as it is, unless it was made its owner.
/// </para>
/// </remarks>
public static class VaeEmbeddingGeneratorExtensions
{
    /// <summary>Embeds rows of float arrays, in the units and the order of training; see <see cref="VaeScorer"/>.</summary>
    /// <param name="scorer">Embeds them, without ML.NET.</param>
    /// <param name="condition">Of all rows, of a conditional model, which needs it; any other takes none.</param>
    /// <param name="ownsScorer">Whether the generator disposes the scorer with itself.</param>
    /// <returns>
    /// A generator of rows <c>[D]</c>, D <see cref="VaeModelInfo.FeatureCount"/>. Its task ends with an <see cref="ArgumentException"/> of
    /// a row that is null, of another length, or not finite, by its number and the slot, and as <see cref="VaeScorer.Encode"/> says.
    /// </returns>
    /// <exception cref="ArgumentException">The condition is missing, none of the model's, or given to a model that has none.</exception>
    public static IEmbeddingGenerator<float[], Embedding<float>> AsEmbeddingGenerator(
        this VaeScorer scorer, VaeConditionValue? condition = null, bool ownsScorer = false)
    {
        ArgumentNullException.ThrowIfNull(scorer);
        if (condition is null && scorer.Model.Info.ConditionCount > 0)
            throw new ArgumentException(GeneratorMessages.NoCondition(), nameof(condition));
        return new ArrayGenerator(scorer, condition is null ? [] : scorer.Condition(condition), ownsScorer);
    }

    /// <summary>Embeds rows of a class, as a <c>PredictionEngine</c> takes them, by batches and from many threads.</summary>
    /// <typeparam name="TRow">A class whose public properties and fields are the columns that the transformer reads.</typeparam>
    /// <param name="transformer">
    /// A <see cref="VaeTransformer"/>, a <see cref="VaeTableTransformer"/>, or a fitted or loaded pipeline with one of them in it.
    /// </param>
    /// <param name="mlContext">What rows are read with.</param>
    /// <param name="inputSchema">Types and sizes that the class leaves open; <see langword="null"/>: as it says.</param>
    /// <param name="ownsTransformer">Whether the generator disposes the transformer with itself.</param>
    /// <returns>
    /// A generator of rows of the class. Its task ends with an <see cref="ArgumentException"/> of a row that is null, by its number from 0,
    /// and as the transformer's cursors do: of a value that is not finite with an error that names column, slot and row.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The class lacks a column that the transformer reads, or has it of another type.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// There is no model in the transformer or there are several, or it adds no embedding to its rows.
    /// </exception>
    public static IEmbeddingGenerator<TRow, Embedding<float>> AsEmbeddingGenerator<TRow>(
        this ITransformer transformer, MLContext mlContext, SchemaDefinition? inputSchema = null, bool ownsTransformer = false)
        where TRow : class
    {
        ArgumentNullException.ThrowIfNull(transformer);
        ArgumentNullException.ThrowIfNull(mlContext);
        return new RowGenerator<TRow>(mlContext, transformer, inputSchema, ownsTransformer);
    }
}
