using Microsoft.ML.Runtime;
using MLNet.Vae.Columns;
using MLNet.Vae.Messages;

namespace MLNet.Vae.Cursors;

/// <summary>Copies rows of one input column into a block and judges them. One per cursor or row.</summary>
internal sealed class InputReader(IHost host, InputColumn input, ColumnValues values, NonFiniteHandling nonFinite)
{
    private string[]? _slotNames;
    private bool _warned;

    /// <summary>Copies the current row to <paramref name="row"/>; <paramref name="fault"/> says why it is refused.</summary>
    public RowState Read(Span<float> row, long position, out string? fault)
    {
        var length = values.Read(row);
        if (length != row.Length)
        {
            return Refuse(row, length, position, out fault);
        }

        var slot = FiniteValues.IndexOfFirstOther(row);
        if (slot >= 0)
        {
            return Judge(row, slot, position, out fault);
        }

        fault = null;
        return RowState.Scored;
    }

    private RowState Refuse(Span<float> row, int length, long position, out string? fault)
    {
        row.Clear();
        fault = ScoringMessages.RowOfWrongWidth(input.Name, position, row.Length, length);
        return RowState.Refused;
    }

    private RowState Judge(Span<float> row, int slot, long position, out string? fault)
    {
        var value = row[slot];
        row.Clear();

        fault = null;
        if (nonFinite == NonFiniteHandling.Throw)
        {
            fault = input.Kind switch
            {
                VaeInputKind.Key => ScoringMessages.MissingKey(input.Name, position, input.Width),
                VaeInputKind.Scalar => ScoringMessages.NonFiniteScalar(input.Name, position, value),
                _ => ScoringMessages.NonFinite(input.Name, position, slot, SlotName(slot), value),
            };
            return RowState.Refused;
        }

        if (!_warned)
        {
            _warned = true;
            using var channel = host.Start(nameof(InputReader));
            channel.Warning(MessageSensitivity.UserData, input.Kind switch
            {
                VaeInputKind.Key => ScoringMessages.MissingKeyWarning(input.Name, position, input.Width),
                VaeInputKind.Scalar => ScoringMessages.NonFiniteScalarWarning(input.Name, position, value),
                _ => ScoringMessages.NonFiniteWarning(input.Name, position, slot, SlotName(slot), value),
            });
        }

        return RowState.NaN;
    }

    private string? SlotName(int slot) => (_slotNames ??= input.Names() ?? []).ElementAtOrDefault(slot);
}
