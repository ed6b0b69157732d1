using MLNet.Vae.Messages;

namespace MLNet.Vae.Tables;

/// <summary>What features of a table are called.</summary>
internal static class TableNames
{
    /// <summary>The column between the table and the model; no table may have one of this name.</summary>
    public const string Features = BadValue.TableFeatures;

    /// <summary>The columns of features, of the model, that are summed up over the columns of the table.</summary>
    public const string Contributions = "TableContributions", Reconstruction = "TableReconstruction";

    /// <summary>What the feature for everything that training had not is called.</summary>
    private const string Other = "other", Below = "below", Above = "above";

    /// <summary>The names of all features, in their order.</summary>
    public static string[] Of(VaeTableInfo info)
    {
        var names = new string[info.Modelled.Sum(column => column.FeatureCount)];
        foreach (var field in info.Modelled.SelectMany(column => column.Fields))
        {
            for (var i = 0; i < field.Count; i++)
                names[field.Start + i] = Of(field, i);
        }
        return names;
    }

    private static string Of(VaeTableField field, int i) => field switch
    {
        { Categories: { } categories } => $"{field.Name}={(i < categories.Count ? categories[i] : Other)}",
        { Kind: VaeColumnKind.Histogram, Histogram: { } bins } => i == bins.Count ? $"{field.Name} {Below}"
            : i > bins.Count ? $"{field.Name} {Above}"
            : bins.Upper[i] == bins.Lower[i] ? $"{field.Name}={NumberText.Of(bins.Lower[i])}"
            : $"{field.Name}={NumberText.Of(bins.Lower[i])}-{NumberText.Of(bins.Upper[i])}",
        { Count: > 1 } => FormattableString.Invariant($"{field.Name}[{i}]"),
        _ => field.Name,
    };
}
