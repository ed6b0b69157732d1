using System.Collections.Immutable;
using System.Globalization;
using MLNet.Vae.Interop;
using MLNet.Vae.Measures;
using MLNet.Vae.Messages;
using MLNet.Vae.Runtime;

namespace MLNet.Vae;

/// <summary>The vectors that a model has learned for the categories it reads: like contexts, near vectors.</summary>
/// <remarks>
/// Made from a model whose features are a key, or a one-hot vector, and whose target is what the categories occur with
/// (<c>VaeOptions.TargetColumnName</c>). Immutable and safe for use by several threads at once.
/// </remarks>
public sealed class VaeCategoryEmbeddings
{
    private readonly ImmutableArray<float>[] _vectors;
    private readonly Dictionary<string, int> _indices = [];

    private VaeCategoryEmbeddings(ImmutableArray<string> names, ImmutableArray<float>[] vectors)
    {
        Names = names;
        _vectors = vectors;
        for (var i = 0; i < names.Length; i++)
        {
            _indices.TryAdd(names[i], i);
        }
    }

    /// <summary>
    /// Names of the categories, in the order of the keys or slots: the values of the key or the slot names of the training data, or "0",
    /// "1" and so on where it had none. Of several of one name the first is found by it.
    /// </summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Length of each vector: the model's number of latent dimensions.</summary>
    public int Dimension => _vectors[0].Length;

    /// <summary>Embeds every category of a model once.</summary>
    /// <param name="model">A model with a target whose features are a key or one-hot.</param>
    /// <exception cref="InvalidOperationException">
    /// The model reads no categories, or is conditional: then a category has no one vector.
    /// </exception>
    public static VaeCategoryEmbeddings From(VaeModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var info = model.Info;
        if (info.TargetCount == 0 || info.FeatureKind is not (VaeInputKind.Key or VaeInputKind.OneHot))
            throw new InvalidOperationException(ScoringMessages.NoCategories(info.Columns.Features));
        if (info.ConditionCount > 0)
            throw new InvalidOperationException(ScoringMessages.ConditionalCategories(info.Columns.Condition!));

        var names = info.FeatureNames
            ?? Enumerable.Range(0, info.FeatureCount).Select(i => i.ToString(CultureInfo.InvariantCulture));
        using var context = new ScoringContext(ScoringHost.Silent, model, new(), typeof(VaeCategoryEmbeddings));
        return new([.. names], [.. new ModelRuns(context, info).EncodeCategories().Select(ImmutableArray.Create)]);
    }

    /// <summary>The vector of a category.</summary>
    /// <param name="category">One of <see cref="Names"/>.</param>
    /// <returns>The posterior mean, <see cref="Dimension"/> values.</returns>
    /// <exception cref="ArgumentException">There is no such category.</exception>
    public ImmutableArray<float> Vector(string category) => _vectors[IndexOf(category)];

    /// <summary>The vector of a category.</summary>
    /// <param name="index">Its place in <see cref="Names"/>, from 0: the key minus 1, or the slot.</param>
    /// <returns>The posterior mean, <see cref="Dimension"/> values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many categories.</exception>
    public ImmutableArray<float> Vector(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _vectors.Length);
        return _vectors[index];
    }

    /// <summary>The categories nearest to one, the nearest first; it is not among them.</summary>
    /// <param name="category">One of <see cref="Names"/>.</param>
    /// <param name="count">How many, from 1; fewer come where there are fewer.</param>
    /// <param name="distance">What near means.</param>
    /// <exception cref="ArgumentException">There is no such category.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="count"/> is below 1, or <paramref name="distance"/> is none of the distances.
    /// </exception>
    public IReadOnlyList<VaeNeighbor> Nearest(string category, int count, VaeDistance distance = VaeDistance.Cosine)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var index = IndexOf(category);
        var from = _vectors[index];
        return
        [
            .. Enumerable.Range(0, _vectors.Length).Where(i => i != index)
                .Select(i => new VaeNeighbor(Names[i], VectorDistance.Of(from.AsSpan(), _vectors[i].AsSpan(), distance)))
                .OrderBy(neighbor => neighbor.Distance).Take(count),
        ];
    }

    private int IndexOf(string category)
    {
        ArgumentNullException.ThrowIfNull(category);
        return _indices.TryGetValue(category, out var index)
            ? index
            : throw new ArgumentException(ScoringMessages.UnknownCategory(category, Names), nameof(category));
    }
}
