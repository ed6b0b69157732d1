using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Columns;
using MLNet.Vae.Cursors;
using MLNet.Vae.Generation;
using MLNet.Vae.Interop;
using MLNet.Vae.Runtime;

namespace MLNet.Vae;

/// <summary>A generator over a transformer's model, and over rows of an <see cref="IDataView"/>.</summary>
public static class VaeGeneratorExtensions
{
    extension(VaeGenerator)
    {
        /// <summary>A generator over a transformer's model, which runs as the transformer does, in sessions of its own.</summary>
        /// <param name="transformer">
        /// One that was trained, or one that was loaded (<see cref="VaeTransformer.From(MLContext, string, VaeScoringOptions?)"/>).
        /// </param>
        /// <exception cref="InvalidOperationException">The model has no decoder.</exception>
        public static VaeGenerator From(VaeTransformer transformer)
        {
            ArgumentNullException.ThrowIfNull(transformer);
            return new(
                new MLNetHost(transformer.Environment.Register(nameof(VaeGenerator))), transformer.Model, transformer.Options);
        }
    }

    /// <summary>The codes of data: posterior means; of a vector-quantised model the entries of the codebook, side by side.</summary>
    /// <param name="generator">Over the model.</param>
    /// <param name="data">Rows with the features column, and that of the condition where the model has one.</param>
    /// <returns>
    /// <c>[rows][L]</c>. A row that is not finite gives NaN where <see cref="VaeScoringOptions.NonFiniteInput"/> says so.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A column that the model reads is missing, of another type or of another width.
    /// </exception>
    /// <exception cref="InvalidOperationException">A row is not finite; names column, row and slot.</exception>
    public static float[][] Encode(this VaeGenerator generator, IDataView data)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(data);
        var column = new OutputColumn(ModelOutputs.Embedding, nameof(VaeColumns.Embedding), generator.Model.Info);
        var columns = new BoundSchema(Context(generator), generator.Model.Info, data.Schema, [column]);
        var view = new VaeDataView(generator.Scoring, columns, data);
        return [.. view.GetColumn<float[]>(view.Schema[column.Name])];
    }

    /// <summary>Rows from codes that the model's transformer has written into a column, now or before they were saved.</summary>
    /// <param name="generator">Over the model.</param>
    /// <param name="data">
    /// Rows with that column, keys of the codebook or points of the latent space, and the condition's where the model has one.
    /// </param>
    /// <param name="columnName">
    /// The column; <see langword="null"/>: that of the model's codes or, where it has none, of its embedding.
    /// </param>
    /// <param name="draw">The mean of p(x | z), or a draw.</param>
    /// <param name="seed">Of the draws; unused for the mean.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column that is read is missing, of another type or of another width.</exception>
    /// <exception cref="ArgumentException">A row has a key that is missing, or a value that is not finite; names it.</exception>
    /// <exception cref="InvalidOperationException">
    /// The condition of a row is missing or not finite; or draws were asked of a model without the graph for them.
    /// </exception>
    public static VaeSamples Decode(
        this VaeGenerator generator, IDataView data, string? columnName = null, VaeDraw draw = VaeDraw.Mean, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(data);
        generator.Arguments.Draw(nameof(draw), draw);
        var read = CodeColumn.Read(Context(generator), generator.Model.Info, data, columnName);
        if (read.Keys is not null)
            return generator.Decoded(generator.Entries(generator.Arguments.Keys(nameof(data), read.Keys)), read.Conditions, draw, seed);
        generator.Arguments.Codes(nameof(data), read.Points!);
        return generator.Decoded(read.Points!, read.Conditions, draw, seed);
    }

    /// <summary>What the model makes of data: the mean of p(x | z) at the posterior mean.</summary>
    /// <param name="generator">Over the model.</param>
    /// <param name="data">Rows with the features column, and that of the condition where the model has one.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A column that the model reads is missing, of another type or of another width.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// A row is not finite, unless <see cref="VaeScoringOptions.NonFiniteInput"/> allows it; names column, row and slot.
    /// </exception>
    public static VaeSamples Reconstruct(this VaeGenerator generator, IDataView data)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(data);
        var (rows, conditions, unread) = generator.Inputs(data, int.MaxValue);
        var samples = generator.Reconstruct(rows, conditions);
        for (var i = 0; i < rows.Length; i++)
        {
            if (unread[i])
            {
                Array.Fill(samples.Latents[i], float.NaN);
                Array.Fill(samples.Rows[i], float.NaN);
            }
        }
        return samples;
    }

    /// <summary>
    /// Features and conditions of the first rows, <c>[n][D]</c> and <c>[n][C]</c>; features of a row that is not finite, and may be so, are
    /// NaN, and it counts as not read.
    /// </summary>
    internal static (float[][] Rows, float[][]? Conditions, bool[] Unread) Inputs(this VaeGenerator generator, IDataView data, int limit)
    {
        var columns = new BoundSchema(Context(generator), generator.Model.Info, data.Schema, []);
        DataViewSchema.Column[] needed = columns.Condition is null
            ? [columns.Features.Column]
            : [columns.Features.Column, columns.Condition.Column];
        var (rows, conditions) = (new List<float[]>(), columns.Condition is null ? null : new List<float[]>());
        var unread = new List<bool>();
        using var cursor = data.GetRowCursor(needed);
        var reader = RowReader.Of(generator.Scoring, columns, cursor, new RowPass(), needsScore: false);
        while (rows.Count < limit && cursor.MoveNext())
        {
            var (row, condition) = (new float[generator.Model.Info.FeatureCount], new float[generator.Model.Info.ConditionCount]);
            var state = reader.Read(row, condition, out var refusal);
            if (refusal is not null)
                throw generator.Scoring.Host.Process(new InvalidOperationException(refusal()));
            if (state == RowState.NaN)
                Array.Fill(row, float.NaN);
            unread.Add(state == RowState.NaN);
            rows.Add(row);
            conditions?.Add(condition);
        }
        return ([.. rows], conditions?.ToArray(), [.. unread]);
    }

    // One over a model alone has no environment of ML.NET.
    private static IExceptionContext Context(VaeGenerator generator)
        => generator.Scoring.Host is MLNetHost host ? host.Environment : new MLContext();
}
