using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MLNet.Vae;

/// <summary>One value of a model's condition, given as what the data had it as.</summary>
/// <remarks>
/// Of a key the category's name, or its number counted from 1 where the model knows no names; of a <c>Boolean</c> true or false, or these
/// words; of a <c>Single</c> the number; of a vector its values. Any of them may be given as the values that the graphs take, a vector of
/// the model's
/// <see cref="VaeModelInfo.ConditionCount"/>. Immutable.
/// </remarks>
public sealed class VaeConditionValue
{
    private readonly object _value;

    private VaeConditionValue(object value) => _value = value;

    /// <summary>A category by its name, or "true" or "false"; <see langword="null"/> is no condition.</summary>
    [return: NotNullIfNotNull(nameof(category))]
    public static implicit operator VaeConditionValue?(string? category) => category is null ? null : new(category);

    /// <summary>Yes or no.</summary>
    public static implicit operator VaeConditionValue(bool value) => new(value);

    /// <summary>
    /// A number, in the units of its column; of a key the category that is called so, or has this number where none has a name.
    /// </summary>
    public static implicit operator VaeConditionValue(float value) => new(value);

    /// <summary>A vector, copied, in the units of its column; <see langword="null"/> is no condition.</summary>
    [return: NotNullIfNotNull(nameof(values))]
    public static implicit operator VaeConditionValue?(float[]? values) => values is null ? null : new(values.Clone());

    /// <summary>The value as text: for captions.</summary>
    public override string ToString() => _value switch
    {
        bool value => value ? "true" : "false",
        float[] values => $"[{string.Join(", ", values.Select(v => v.ToString(CultureInfo.InvariantCulture)))}]",
        _ => Convert.ToString(_value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>The category's name, or the text or number that may be one; <see langword="null"/>: it is none.</summary>
    internal string? Name => Values is null ? ToString() : null;

    internal float? Number => _value as float?;

    internal bool? Flag => _value switch
    {
        bool value => value,
        string text when bool.TryParse(text, out var value) => value,
        float number when number is 0 or 1 => number == 1,
        _ => null,
    };

    internal float[]? Values => _value as float[];
}
