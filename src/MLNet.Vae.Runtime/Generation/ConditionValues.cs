using System.Globalization;
using MLNet.Vae.Columns;

namespace MLNet.Vae.Generation;

/// <summary>A condition as the graphs take it, <c>[C]</c>, and back.</summary>
internal static class ConditionValues
{
    /// <param name="info">What the model was trained with; it has a condition.</param>
    /// <param name="condition">What the user gave.</param>
    /// <param name="fault">Why the model does not know it.</param>
    public static float[]? Of(VaeModelInfo info, VaeConditionValue condition, out string? fault)
    {
        var kind = info.ConditionKind ?? VaeInputKind.Vector;
        var values = condition.Values is { } vector ? Vector(info, kind, vector) : kind switch
        {
            VaeInputKind.Key => Category(info, condition),
            VaeInputKind.Boolean => condition.Flag is { } flag ? [flag ? 1 : 0] : null,
            VaeInputKind.Scalar => condition.Number is { } number && float.IsFinite(number) ? [number] : null,
            _ => null,
        };
        fault = values is null ? GenerationMessages.UnknownCondition(info, kind, condition) : null;
        return values;
    }

    /// <summary>The place of a category in its one-hot vector; −1: it is none.</summary>
    public static int Place(ReadOnlySpan<float> values)
    {
        var place = values.IndexOf(1);
        return place >= 0 && values[..place].IndexOfAnyExcept(0) < 0 && values[(place + 1)..].IndexOfAnyExcept(0) < 0 ? place : -1;
    }

    private static float[]? Vector(VaeModelInfo info, VaeInputKind kind, float[] values)
    {
        if (values.Length != info.ConditionCount || FiniteValues.IndexOfFirstOther(values) >= 0)
            return null;
        return kind switch
        {
            VaeInputKind.Key => Place(values) >= 0,
            VaeInputKind.Boolean => values[0] is 0 or 1,
            _ => true,
        } ? values : null;
    }

    private static float[]? Category(VaeModelInfo info, VaeConditionValue condition)
    {
        var place =
            info.ConditionNames is { } names ? names.ToList().IndexOf(condition.Name!)
            : int.TryParse(condition.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= info.ConditionCount
                ? number - 1
            : -1;
        if (place < 0)
            return null;
        var values = new float[info.ConditionCount];
        values[place] = 1;
        return values;
    }
}
