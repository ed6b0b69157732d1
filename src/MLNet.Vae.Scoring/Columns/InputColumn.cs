using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Columns;

/// <summary>A column of the data that was found fit for its role.</summary>
/// <param name="Role">What it is for.</param>
/// <param name="Column">The column.</param>
/// <param name="Kind">How it gives its values; never <see cref="VaeInputKind.OneHot"/>, which only its rows can tell.</param>
/// <param name="Width">Values of a row.</param>
internal sealed record InputColumn(InputRole Role, DataViewSchema.Column Column, VaeInputKind Kind, int Width)
{
    public string Name => Column.Name;

    /// <summary>Different tokens of a sequence; 0: it is none.</summary>
    public int Tokens { get; init; }

    /// <summary>What the tokens of a sequence stand for; <see langword="null"/>: not said.</summary>
    public string[]? TokenNames() => Tokens == 0 ? null : KeyNames.Of(Column, Tokens);

    /// <summary>Slot names, or the names of a key's values; <see langword="null"/>: none. Read anew at each call.</summary>
    public string[]? Names() => Kind switch
    {
        VaeInputKind.Vector => SlotNamesOf(Column, Width),
        VaeInputKind.Key => KeyNames.Of(Column, Width),
        _ when Role is InputRole.Features or InputRole.Target => Tokens == 0 ? [Name] : null,
        _ => null,
    };

    /// <summary>What the values are, where they are no Single; see <see cref="VaeModelInfo.FeatureItemType"/>.</summary>
    public string? ItemType => Kind is VaeInputKind.Vector or VaeInputKind.Scalar ? ItemTypes.NameOf(Column.Type) : null;

    /// <summary>The slot names of a column of <paramref name="size"/> slots; <see langword="null"/> where it has none.</summary>
    public static string[]? SlotNamesOf(DataViewSchema.Column column, int size)
    {
        var type = column.Annotations.Schema.GetColumnOrNull(OutputAnnotations.SlotNamesKind)?.Type as VectorDataViewType;
        if (type is not { ItemType: TextDataViewType } || type.Size != size)
            return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.Annotations.GetValue(OutputAnnotations.SlotNamesKind, ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
