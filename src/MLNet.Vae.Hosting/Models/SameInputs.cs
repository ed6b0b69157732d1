namespace MLNet.Vae.Models;

/// <summary>Whether clients of one model can go on with another.</summary>
internal static class SameInputs
{
    /// <returns>The columns that differ, a clause each.</returns>
    public static IEnumerable<string> Faults(IReadOnlyList<VaeServedColumn> expected, IReadOnlyList<VaeServedColumn> found)
    {
        var before = expected.ToDictionary(column => column.Name);
        foreach (var column in found)
        {
            if (!before.Remove(column.Name, out var same))
                yield return $"column \"{column.Name}\" is new";
            else if (same with { IsNullable = column.IsNullable } != column)
                yield return $"column \"{column.Name}\" is {Text(column)}, and was {Text(same)}";
            else if (same.IsNullable && !column.IsNullable)
                yield return $"column \"{column.Name}\" may have no missing values any more";
        }
    }

    private static string Text(VaeServedColumn column)
        => column.Size is { } size ? FormattableString.Invariant($"{column.Type} of {size:N0}") : $"{column.Type}";
}
