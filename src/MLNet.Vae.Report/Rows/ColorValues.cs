namespace MLNet.Vae.Reporting;

/// <summary>What the points of the latent space can be coloured by: categories or numbers.</summary>
/// <param name="Name">The column's.</param>
/// <param name="Categories">Their names; <see langword="null"/>: the values are numbers.</param>
/// <param name="Values">Of each row; of categories the place among them, −1 for a missing one.</param>
internal sealed record ColorValues(string Name, IReadOnlyList<string>? Categories, float[] Values)
{
    /// <summary>More categories than that cannot be told apart by colour.</summary>
    public const int MaximumCategories = 30;

    /// <summary>So many different whole numbers are taken for categories.</summary>
    public const int MaximumNumberedCategories = 20;

    public const string Other = "other";

    /// <summary>Text as categories in alphabetical order; the rarest together as <see cref="Other"/> where there are too many.</summary>
    public static ColorValues OfNames(string name, IReadOnlyList<string?> values)
    {
        var kept = values
            .OfType<string>()
            .CountBy(value => value)
            .OrderByDescending(group => group.Value)
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Key)
            .ToArray();
        var hasOther = kept.Length > MaximumCategories;
        if (hasOther)
            kept = kept[..(MaximumCategories - 1)];
        Array.Sort(kept, StringComparer.Ordinal);
        return OfNames(name, values, hasOther ? [.. kept, Other] : kept, hasOther ? kept.Length : -1);
    }

    /// <summary>Numbers, or categories where they are few and whole.</summary>
    public static ColorValues OfNumbers(string name, float[] values)
    {
        var distinct = values.Where(float.IsFinite).Distinct().Order().Take(MaximumNumberedCategories + 1).ToArray();
        var isCategory =
            distinct.Length is > 0 and <= MaximumNumberedCategories && Array.TrueForAll(distinct, value => value == MathF.Truncate(value));
        if (!isCategory)
            return new(name, null, values);
        string[] names = [.. distinct.Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        return new(name, names, [.. values.Select(value => (float)Math.Max(-1, Array.IndexOf(distinct, value)))]);
    }

    /// <summary>Places in a list of names; where the list is too long, that of the names that occur most.</summary>
    public static ColorValues OfPlaces(string name, IReadOnlyList<string> names, int[] places)
        => names.Count <= MaximumCategories
            ? new(name, names, [.. places.Select(place => (float)place)])
            : OfNames(name, [.. places.Select(place => place < 0 ? null : names[place])]);

    private static ColorValues OfNames(string name, IReadOnlyList<string?> values, string[] categories, int missing)
    {
        var places = categories
            .Select((category, place) => (category, place))
            .Where(pair => pair.place != missing)
            .ToDictionary(pair => pair.category, pair => pair.place);
        return new(name, categories, [.. values.Select(value => (float)(value is null ? -1 : places.GetValueOrDefault(value, missing)))]);
    }
}
