using MLNet.Vae.Columns;
using MLNet.Vae.Messages;

namespace MLNet.Vae.Cursors;

/// <summary>Copies rows of one input column into a block and judges them. One per cursor or row.</summary>
internal sealed class InputReader(InputColumn input, ColumnValues values, NonFiniteHandling nonFinite)
{
    private string[]? _slotNames;

    public InputRole Role => input.Role;

    /// <summary>
    /// Copies the current row to <paramref name="row"/>, or zeros where it is not scored; <paramref name="fault"/> then says why, given the
    /// row's number.
    /// </summary>
    public RowState Read(Span<float> row, out Func<long?, string>? fault)
    {
        fault = null;
        var length = values.Read(row);
        if (length != row.Length)
        {
            row.Clear();
            fault = WrongWidth(length);
            return RowState.Refused;
        }
        var slot = FiniteValues.IndexOfFirstOther(row);
        if (slot < 0)
        {
            return RowState.Scored;
        }
        fault = NotFinite(slot, row[slot]);
        row.Clear();
        return nonFinite == NonFiniteHandling.Throw ? RowState.Refused : RowState.NaN;
    }

    private Func<long?, string> WrongWidth(int found)
        => number => BadValue.WrongWidth(BadValue.Place(input.Name, number), input.Width, found);

    private Func<long?, string> NotFinite(int slot, float found) => number =>
    {
        var isKey = input.Kind == VaeInputKind.Key;
        var sentence = input.Kind switch
        {
            VaeInputKind.Key => BadValue.MissingKey(BadValue.Place(input.Name, number), input.Width),
            VaeInputKind.Scalar => BadValue.NotFinite(BadValue.Place(input.Name, number), found),
            _ => BadValue.NotFinite(BadValue.Place(input.Name, number, slot, SlotName(slot)), found),
        };
        return nonFinite == NonFiniteHandling.Throw ? ScoringMessages.Refused(sentence, isKey) : ScoringMessages.ScoredAsNaN(sentence);
    };

    private string? SlotName(int slot) => (_slotNames ??= input.Names() ?? []).ElementAtOrDefault(slot);
}
