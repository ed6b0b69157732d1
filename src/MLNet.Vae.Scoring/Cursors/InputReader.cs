using MLNet.Vae.Columns;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Messages;
using MLNet.Vae.Missing;
using MLNet.Vae.Runtime;

namespace MLNet.Vae.Cursors;

/// <summary>Copies rows of one input column into a block and judges them. One per cursor or row.</summary>
/// <param name="input">The column.</param>
/// <param name="values">Reads it.</param>
/// <param name="nonFinite">What becomes of rows that cannot be scored.</param>
/// <param name="supports">What the likelihood can have, where it is asked.</param>
/// <param name="mask">Which values may be missing, NaN; <see langword="null"/>: none.</param>
internal sealed class InputReader(
    InputColumn input, ColumnValues values, NonFiniteHandling nonFinite, IReadOnlyList<FeatureSupport> supports, MaskLayout? mask)
{
    private readonly RowCheck _check = new(input.Name, nonFinite, supports)
    {
        IsColumn = true,
        Kind = input.Kind,
        Tokens = input.Tokens,
        SlotNames = input.Names,
        Mask = mask,
    };

    public InputRole Role => input.Role;

    /// <summary>
    /// Copies the current row to <paramref name="row"/>, or zeros where nothing of it is computed; <paramref name="fault"/> then says why,
    /// given the row's number.
    /// </summary>
    public RowState Read(Span<float> row, out Func<long?, string>? fault)
    {
        var length = values.Read(row);
        if (length == row.Length)
            return _check.Judge(row, out fault);
        row.Clear();
        fault = WrongWidth(length);
        return RowState.Refused;
    }

    private Func<long?, string> WrongWidth(int found)
        => number => input.Kind == VaeInputKind.Sequence
            ? BadValue.TooLong(BadValue.Place(input.Name, number), input.Width, found)
            : BadValue.WrongWidth(BadValue.Place(input.Name, number), input.Width, found);
}
