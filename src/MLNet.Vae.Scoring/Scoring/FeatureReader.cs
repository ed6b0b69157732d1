using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.Vae.Scoring;

/// <summary>How one row of features ended up in a block.</summary>
internal enum RowState : byte
{
    Scored,

    /// <summary>Not finite, and the options want NaN for that.</summary>
    NaN,

    /// <summary>Its values are an error; the block holds zeros in its place.</summary>
    Refused,
}

/// <summary>Copies rows of the features column into a block, dense or sparse, and judges them. One per cursor or row.</summary>
internal sealed class FeatureReader(IHost host, DataViewSchema.Column column, int width, NonFiniteHandling nonFinite)
{
    private string[]? _slotNames;
    private bool _warned;

    /// <summary>Copies <paramref name="features"/> to <paramref name="row"/>; <paramref name="fault"/> says why it is refused.</summary>
    public RowState Read(in VBuffer<float> features, Span<float> row, long position, out string? fault)
    {
        fault = null;
        if (features.Length != width)
        {
            row.Clear();
            fault = ScoringMessages.RowOfWrongWidth(column.Name, position, width, features.Length);
            return RowState.Refused;
        }

        features.CopyTo(row);
        var slot = FiniteValues.IndexOfFirstOther(row);
        return slot < 0 ? RowState.Scored : Judge(row, slot, position, out fault);
    }

    private RowState Judge(Span<float> row, int slot, long position, out string? fault)
    {
        var value = row[slot];
        row.Clear();

        fault = null;
        if (nonFinite == NonFiniteHandling.Throw)
        {
            fault = ScoringMessages.NonFinite(column.Name, position, slot, SlotName(slot), value);
            return RowState.Refused;
        }

        if (!_warned)
        {
            _warned = true;
            using var channel = host.Start(nameof(FeatureReader));
            var warning = ScoringMessages.NonFiniteWarning(column.Name, position, slot, SlotName(slot), value);
            channel.Warning(MessageSensitivity.UserData, warning);
        }

        return RowState.NaN;
    }

    private string? SlotName(int slot) => (_slotNames ??= OutputColumns.SlotNamesOf(column, width) ?? []).ElementAtOrDefault(slot);
}
