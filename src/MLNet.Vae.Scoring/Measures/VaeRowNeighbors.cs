using System.Collections.Immutable;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Measures;

namespace MLNet.Vae;

/// <summary>The rows nearest to one, by their embeddings: an exact search that compares with every row.</summary>
/// <remarks>
/// Rows are embedded once and held in memory, rows × dimension × 4 bytes; a search takes time in proportion. Immutable and safe for use by
/// several threads at once. Of the categories that a model reads, see <see cref="VaeCategoryEmbeddings"/>.
/// </remarks>
public sealed class VaeRowNeighbors
{
    // [rows · dimension], row-major.
    private readonly float[] _vectors;

    private VaeRowNeighbors(float[] vectors, int dimension, ImmutableArray<string> names)
        => (_vectors, Dimension, Names) = (vectors, dimension, names);

    /// <summary>Rows that are searched.</summary>
    public int Count => Names.Length;

    /// <summary>Length of each vector: the model's number of latent dimensions.</summary>
    public int Dimension { get; }

    /// <summary>What the rows are called, in their order; "0", "1" and so on where they have no names.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Embeds all rows once.</summary>
    /// <param name="transformer">Gives an embedding.</param>
    /// <param name="rows">With the columns that the transformer reads.</param>
    /// <param name="nameColumnName">
    /// What the rows are called: a text, a key or a number; <see langword="null"/>: they have no names.
    /// </param>
    /// <exception cref="ArgumentException">
    /// There are no rows, the transformer adds no embedding, the column of names is missing or of another type, or a row has no embedding.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A column that the transformer reads is missing or of another type.</exception>
    public static VaeRowNeighbors From(VaeTransformer transformer, IDataView rows, string? nameColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(transformer);
        ArgumentNullException.ThrowIfNull(rows);
        if (transformer.Model.Info.Columns.Embedding is not { } embedding)
            throw new ArgumentException(MeasureMessages.NoEmbedding(), nameof(transformer));
        if (nameColumnName is not null && rows.Schema.GetColumnOrNull(nameColumnName) is null)
        {
            var found = rows.Schema.Where(column => !column.IsHidden).Select(column => column.Name);
            throw new ArgumentException(MeasureMessages.NoNameColumn(nameColumnName, found), nameof(nameColumnName));
        }

        var view = transformer.Transform(rows);
        var active = view.Schema.Where(column => column.Name == embedding || column.Name == nameColumnName);
        using var cursor = view.GetRowCursor(active);
        var vectorOf = cursor.GetGetter<VBuffer<float>>(cursor.Schema[embedding]);
        var nameOf = nameColumnName is null ? null : RowNames.Of(cursor, nameColumnName)
            ?? throw new ArgumentException(
                MeasureMessages.NoNames(nameColumnName, $"{view.Schema[nameColumnName].Type}"), nameof(nameColumnName));
        var (vectors, names) = (new List<float>(), ImmutableArray.CreateBuilder<string>());
        VBuffer<float> vector = default;
        while (cursor.MoveNext())
        {
            vectorOf(ref vector);
            foreach (var value in vector.DenseValues())
            {
                if (!float.IsFinite(value))
                    throw new ArgumentException(MeasureMessages.NotEmbedded(names.Count), nameof(rows));
                vectors.Add(value);
            }
            names.Add(nameOf?.Invoke() ?? names.Count.ToString(CultureInfo.InvariantCulture));
        }
        return names.Count == 0
            ? throw new ArgumentException(MeasureMessages.NoRows(), nameof(rows))
            : new([.. vectors], vectors.Count / names.Count, names.ToImmutable());
    }

    /// <summary>The embedding of a row.</summary>
    /// <param name="row">Its number, from 0.</param>
    /// <returns>The posterior mean, <see cref="Dimension"/> values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many rows.</exception>
    public ImmutableArray<float> Vector(int row) => [.. Row(Checked(row))];

    /// <summary>The rows nearest to one of them, the nearest first; it is not among them.</summary>
    /// <param name="row">Its number, from 0.</param>
    /// <param name="count">How many, from 1; fewer come where there are fewer.</param>
    /// <param name="distance">What near means.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There are not so many rows, <paramref name="count"/> is below 1, or <paramref name="distance"/> is none of the distances.
    /// </exception>
    public IReadOnlyList<VaeRowNeighbor> Nearest(int row, int count, VaeDistance distance = VaeDistance.Cosine)
        => Search(Row(Checked(row)).ToArray(), count, distance, without: row);

    /// <summary>The rows nearest to a vector, the nearest first.</summary>
    /// <param name="vector">An embedding by the same model, such as that of a new row: <see cref="Dimension"/> finite values.</param>
    /// <param name="count">How many, from 1; fewer come where there are fewer.</param>
    /// <param name="distance">What near means.</param>
    /// <exception cref="ArgumentException"><paramref name="vector"/> is of another length or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="count"/> is below 1, or <paramref name="distance"/> is none of the distances.
    /// </exception>
    public IReadOnlyList<VaeRowNeighbor> Nearest(IReadOnlyList<float> vector, int count, VaeDistance distance = VaeDistance.Cosine)
    {
        ArgumentNullException.ThrowIfNull(vector);
        if (vector.Count != Dimension)
            throw new ArgumentException(MeasureMessages.OtherDimension(Dimension, vector.Count), nameof(vector));
        if (vector.FirstOrDefault(value => !float.IsFinite(value)) is var other && !float.IsFinite(other))
            throw new ArgumentException(MeasureMessages.VectorNotFinite(other), nameof(vector));
        return Search([.. vector], count, distance, without: -1);
    }

    private VaeRowNeighbor[] Search(float[] vector, int count, VaeDistance distance, int without)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        // The farthest of those kept comes out first; of rows as far the later one.
        var kept = new PriorityQueue<int, (double Distance, int Row)>(Comparer<(double Distance, int Row)>.Create(
            (one, other) => other.CompareTo(one)));
        for (var row = 0; row < Count; row++)
        {
            if (row == without)
                continue;
            var found = (VectorDistance.Of(vector, Row(row), distance), row);
            if (kept.Count < count)
                kept.Enqueue(row, found);
            else
                kept.EnqueueDequeue(row, found);
        }
        var neighbors = new VaeRowNeighbor[kept.Count];
        for (var i = neighbors.Length - 1; i >= 0; i--)
        {
            kept.TryDequeue(out var row, out var found);
            neighbors[i] = new(row, Names[row], found.Distance);
        }
        return neighbors;
    }

    private ReadOnlySpan<float> Row(int row) => _vectors.AsSpan(row * Dimension, Dimension);

    private int Checked(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
        return row;
    }
}
