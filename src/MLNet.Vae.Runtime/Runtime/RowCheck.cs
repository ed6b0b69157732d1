using MLNet.Vae.Columns;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Messages;
using MLNet.Vae.Missing;

namespace MLNet.Vae.Runtime;

/// <summary>Judges rows of one input, features or condition, where they lie in a block. Not thread-safe.</summary>
/// <param name="name">Of the column; where there is none, what the values are.</param>
/// <param name="nonFinite">What becomes of rows that cannot be scored.</param>
/// <param name="supports">What the likelihood can have, where it is asked.</param>
internal sealed class RowCheck(string name, NonFiniteHandling nonFinite, IReadOnlyList<FeatureSupport> supports)
{
    private IReadOnlyList<string>? _slotNames;

    // Of the current row, without its missing values.
    private float[] _filled = [];

    /// <summary>Whether the values come in a column of ML.NET, or are an array.</summary>
    public bool IsColumn { get; init; }

    /// <summary>How they come.</summary>
    public VaeInputKind Kind { get; init; }

    /// <summary>Different tokens of a sequence; 0: it is none.</summary>
    public int Tokens { get; init; }

    /// <summary>What the slots are called; <see langword="null"/>: nothing. Asked for at the first fault.</summary>
    public Func<IReadOnlyList<string>?> SlotNames { get; init; } = () => null;

    /// <summary>Which values may be missing, NaN; <see langword="null"/>: none.</summary>
    public MaskLayout? Mask { get; init; }

    /// <summary>
    /// Judges a row, and makes it zeros where nothing of it is computed; <paramref name="fault"/> then says why, given the row's number.
    /// </summary>
    public RowState Judge(Span<float> row, out Func<long?, string>? fault)
    {
        fault = null;
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
            fault = NotFinite(slot, row[slot], row.Length);
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

    private Func<long?, string> NotFinite(int slot, float found, int width) => number =>
    {
        var sentence = Kind switch
        {
            VaeInputKind.Key => BadValue.MissingKey(Place(number), width),
            VaeInputKind.Sequence => BadValue.UnknownToken(Place(number, slot), Tokens),
            VaeInputKind.Scalar => BadValue.NotFinite(Place(number), found),
            _ => BadValue.NotFinite(Place(number, slot, SlotName(slot)), found),
        };
        return nonFinite != NonFiniteHandling.Throw ? ScoringMessages.ScoredAsNaN(sentence)
            : IsColumn ? ScoringMessages.Refused(sentence, Kind is VaeInputKind.Key or VaeInputKind.Sequence)
            : ScoringMessages.Refused(sentence);
    };

    private Func<long?, string> InPart(int start, int count, int slot) => number =>
    {
        var sentence = BadValue.MissingInPart(Place(number, slot, SlotName(slot)), start, count);
        return nonFinite == NonFiniteHandling.Throw ? ScoringMessages.MissingInPart(sentence) : ScoringMessages.ScoredAsNaN(sentence);
    };

    private Func<long?, string> Outside(FeatureSupport support, SupportFault fault) => number =>
    {
        var place = fault.Count == 1
            ? Place(number, fault.Slot, SlotName(fault.Slot))
            : BadValue.Slots(Place(number), fault.Slot, fault.Count);
        var sentence = BadValue.Outside(place, support.Part, fault.Expected, fault.Found);
        return nonFinite == NonFiniteHandling.Throw
            ? ScoringMessages.OutsideSupport(sentence, IsColumn ? "column" : "values")
            : ScoringMessages.OutsideSupportAsNaN(sentence);
    };

    private string Place(long? row, int? slot = null, string? slotName = null) => IsColumn
        ? BadValue.Place(name, row, slot, slotName)
        : BadValue.PlaceIn(name, row, slot, slotName);

    private string? SlotName(int slot) => (_slotNames ??= SlotNames() ?? []).ElementAtOrDefault(slot);
}
