using MLNet.Vae.Columns;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Messages;
using MLNet.Vae.Missing;

namespace MLNet.Vae.Cursors;

/// <summary>Copies rows of one input column into a block and judges them. One per cursor or row.</summary>
/// <param name="input">The column.</param>
/// <param name="values">Reads it.</param>
/// <param name="nonFinite">What becomes of rows that cannot be scored.</param>
/// <param name="supports">What the likelihood can have, where it is asked.</param>
internal sealed class InputReader(
    InputColumn input, ColumnValues values, NonFiniteHandling nonFinite, IReadOnlyList<FeatureSupport> supports)
{
    private string[]? _slotNames;

    // Of the current row, without its missing values.
    private float[] _filled = [];

    /// <summary>Which values may be missing, NaN; <see langword="null"/>: none.</summary>
    public MaskLayout? Mask { get; init; }

    public InputRole Role => input.Role;

    /// <summary>
    /// Copies the current row to <paramref name="row"/>, or zeros where nothing of it is computed; <paramref name="fault"/> then says why,
    /// given the row's number.
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
        ReadOnlySpan<float> judged = row;
        if (slot >= 0 && Mask is not null)
        {
            if (Mask.FirstInPart(row) is var (start, count, missing))
            {
                row.Clear();
                fault = InPart(start, count, missing);
                return nonFinite == NonFiniteHandling.Throw ? RowState.Refused : RowState.NaN;
            }
            slot = MaskLayout.IndexOfInfinity(row);
            if (_filled.Length != row.Length)
                _filled = new float[row.Length];
            MaskLayout.Fill(row, _filled);
            judged = _filled;
        }
        if (slot >= 0)
        {
            fault = NotFinite(slot, row[slot]);
            row.Clear();
            return nonFinite == NonFiniteHandling.Throw ? RowState.Refused : RowState.NaN;
        }
        if (FirstFault(judged) is var (support, outside))
        {
            fault = Outside(support, outside);
            return nonFinite == NonFiniteHandling.Throw ? RowState.ScoreIsRefused : RowState.ScoreIsNaN;
        }
        return RowState.Scored;
    }

    private (FeatureSupport Support, SupportFault Fault)? FirstFault(ReadOnlySpan<float> row)
    {
        foreach (var support in supports)
        {
            if (support.FaultOf(row) is { } fault)
                return (support, fault);
        }
        return null;
    }

    private Func<long?, string> WrongWidth(int found)
        => number => input.Kind == VaeInputKind.Sequence
            ? BadValue.TooLong(BadValue.Place(input.Name, number), input.Width, found)
            : BadValue.WrongWidth(BadValue.Place(input.Name, number), input.Width, found);

    private Func<long?, string> NotFinite(int slot, float found) => number =>
    {
        var isKey = input.Kind is VaeInputKind.Key or VaeInputKind.Sequence;
        var sentence = input.Kind switch
        {
            VaeInputKind.Key => BadValue.MissingKey(BadValue.Place(input.Name, number), input.Width),
            VaeInputKind.Sequence => BadValue.UnknownToken(BadValue.Place(input.Name, number, slot), input.Tokens),
            VaeInputKind.Scalar => BadValue.NotFinite(BadValue.Place(input.Name, number), found),
            _ => BadValue.NotFinite(BadValue.Place(input.Name, number, slot, SlotName(slot)), found),
        };
        return nonFinite == NonFiniteHandling.Throw ? ScoringMessages.Refused(sentence, isKey) : ScoringMessages.ScoredAsNaN(sentence);
    };

    private Func<long?, string> InPart(int start, int count, int slot) => number =>
    {
        var sentence = BadValue.MissingInPart(BadValue.Place(input.Name, number, slot, SlotName(slot)), start, count);
        return nonFinite == NonFiniteHandling.Throw ? ScoringMessages.MissingInPart(sentence) : ScoringMessages.ScoredAsNaN(sentence);
    };

    private Func<long?, string> Outside(FeatureSupport support, SupportFault fault) => number =>
    {
        var place = fault.Count == 1
            ? BadValue.Place(input.Name, number, fault.Slot, SlotName(fault.Slot))
            : BadValue.Place(input.Name, number, fault.Slot, fault.Count);
        var sentence = BadValue.Outside(place, support.Part, fault.Expected, fault.Found);
        return nonFinite == NonFiniteHandling.Throw
            ? ScoringMessages.OutsideSupport(sentence)
            : ScoringMessages.OutsideSupportAsNaN(sentence);
    };

    private string? SlotName(int slot) => (_slotNames ??= input.Names() ?? []).ElementAtOrDefault(slot);
}
