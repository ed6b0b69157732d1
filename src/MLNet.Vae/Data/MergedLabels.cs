using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Cells;
using MLNet.Vae.Columns;
using MLNet.Vae.Groups;
using MLNet.Vae.Layers;

namespace MLNet.Vae.Data;

/// <summary>
/// The classes of a label that ranks of a group have met, each in an order of its own: those of all, as one would have met them that read
/// the rows rank after rank.
/// </summary>
internal static class MergedLabels
{
    /// <param name="context">Marks exceptions.</param>
    /// <param name="group">The ranks, all of which call it.</param>
    /// <param name="input">The rows of this one.</param>
    /// <param name="label">A column of keys with names, or one that training refuses.</param>
    /// <returns>The rows, keys of whose label count the classes of all.</returns>
    public static IDataView View(IExceptionContext context, TrainingGroup group, IDataView input, string label)
    {
        if (group.IsAlone)
            return input;
        var key = input.Schema.GetColumnOrNull(label)?.Type as KeyDataViewType;
        var own = key is null ? null : KeyNames.Of(input.Schema[label], (int)Math.Min(key.Count, int.MaxValue));
        string[] merged = [.. group.Gather(JsonSerializer.SerializeToUtf8Bytes(own ?? []))
            .SelectMany(names => JsonSerializer.Deserialize<string[]>(names)!).Distinct()];
        // Where no rank has names, that all have as many keys is for the columns to agree on.
        if (key is null || merged.Length == 0 || merged.SequenceEqual(own ?? []))
            return input;
        var places = merged.Index().ToDictionary(name => name.Item, name => (uint)name.Index + 1);
        // A rank that has met no label has no names either.
        var keys = Array.ConvertAll(own ?? [], name => places[name]);
        var source = input.Schema[label];
        var added = new DataViewSchema.DetachedColumn(
            label, new KeyDataViewType(typeof(uint), merged.Length), OutputAnnotations.OfKeys(merged));
        return new LayerView(new(context, input.Schema, [added], [source.Index], [], (row, _) =>
        {
            var number = CellReader.Number(row, row.Schema[source.Index]);
            return [(ValueGetter<uint>)((ref uint value) => value = number() switch
            {
                >= 1 and var found when found <= keys.Length => keys[(int)found - 1],
                >= 1 and var found when found <= key.Count => throw new InvalidOperationException(FormattableString.Invariant(
                    $"The label column '{label}' has the key {found} in row {row.Position}, for which it has no name, as other ranks ")
                    + "have for theirs: map labels to keys in the same way on all ranks."),
                _ => 0,
            })];
        }), input);
    }
}
