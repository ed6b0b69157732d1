using System.Collections.Immutable;

namespace MLNet.Vae;

/// <summary>
/// Something known about how each row came to be, such as the position of what a picture shows; see <see cref="VaeDisentanglement"/>.
/// </summary>
public sealed class VaeFactor
{
    private VaeFactor(string name, ImmutableArray<double> values, bool isCategorical)
    {
        Name = name;
        Values = values;
        IsCategorical = isCategorical;
    }

    /// <summary>Its name, unique among the factors of a measurement.</summary>
    public string Name { get; }

    /// <summary>Whether its values are classes, whose order means nothing; otherwise more is more.</summary>
    public bool IsCategorical { get; }

    /// <summary>The value of each row, <c>[rows]</c>; of a categorical factor the number of its class.</summary>
    public ImmutableArray<double> Values { get; }

    /// <summary>A factor that a dimension can follow: a length, an angle below a whole turn, a count.</summary>
    /// <param name="name">Its name, unique among the factors of a measurement.</param>
    /// <param name="values">The value of each row, <c>[rows]</c>, in any unit.</param>
    public static VaeFactor Ordered(string name, IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(values);
        return new(name, [.. values], isCategorical: false);
    }

    /// <summary>A factor of classes: a shape, a kind, a person.</summary>
    /// <param name="name">Its name, unique among the factors of a measurement.</param>
    /// <param name="classes">The class of each row, <c>[rows]</c>: any numbers, equal where the class is.</param>
    public static VaeFactor Categorical(string name, IEnumerable<int> classes)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(classes);
        return new(name, [.. classes.Select(value => (double)value)], isCategorical: true);
    }

    /// <summary>A factor of classes by their names or other values, numbered from 0 in the order in which they come first.</summary>
    /// <param name="name">Its name, unique among the factors of a measurement.</param>
    /// <param name="classes">The class of each row, <c>[rows]</c>: text, an enumeration, anything that is equal where the class is.</param>
    public static VaeFactor Categorical<T>(string name, IEnumerable<T> classes) where T : notnull
    {
        ArgumentNullException.ThrowIfNull(classes);
        var numbers = new Dictionary<T, int>();
        return Categorical(name, classes.Select(value => numbers.TryGetValue(value, out var number)
            ? number
            : numbers[value] = numbers.Count));
    }
}
