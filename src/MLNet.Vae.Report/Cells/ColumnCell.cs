using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Cells;
using MLNet.Vae.Windows;

namespace MLNet.Vae.Reporting;

/// <summary>One column of the current row: what it holds, what it should have held, what it adds to the score. One per cursor.</summary>
internal sealed class ColumnCell
{
    // A page is no place for more of one cell.
    private const int MostCharacters = 400;

    private readonly VaeTableColumn _column;
    private readonly CellValues _expected;
    private readonly float[] _features;
    private readonly float[] _reconstruction;
    private readonly float[] _contributions;
    private readonly Func<string?> _observed;
    private readonly Func<double>? _number;

    /// <param name="row">The current row.</param>
    /// <param name="found">Where the column is.</param>
    /// <param name="expected">In its units.</param>
    /// <param name="features">Of the current row, <c>[features]</c>, as the next two are.</param>
    /// <param name="reconstruction">Of the features.</param>
    /// <param name="contributions">Of the features, nats.</param>
    public ColumnCell(
        DataViewRow row,
        DataViewSchema.Column found,
        CellValues expected,
        float[] features,
        float[] reconstruction,
        float[] contributions)
    {
        (_column, _expected) = (expected.Column, expected);
        (_features, _reconstruction, _contributions) = (features, reconstruction, contributions);
        _observed = CellText.Of(row, found);
        _number = found.Type switch
        {
            DateTimeDataViewType or DateTimeOffsetDataViewType => Days(TimeSeconds.Of(row, found)),
            NumberDataViewType => CellReader.Number(row, found),
            _ => null,
        };
    }

    public string Name => _column.Name;

    public bool IsMissing
    {
        get
        {
            foreach (var part in _column.Fields)
            {
                if (Own(_features, part).ContainsAnyExcept(float.NaN))
                    return false;
            }
            return true;
        }
    }

    public float Nats
    {
        get
        {
            var nats = 0f;
            foreach (var part in _column.Fields)
            {
                foreach (var share in Own(_contributions, part))
                    nats += share;
            }
            return nats;
        }
    }

    /// <summary>What the cell holds that training had not, in words; <see langword="null"/>: nothing, or it is missing.</summary>
    public string? Note => NoteOf(_column.Fields[0]);

    public void AddTo(ColumnFindings findings)
    {
        if (IsMissing)
            findings.AddMissing();
        else
            findings.Add(Nats, Note is not null);
    }

    public TableCell Read() =>
        new(
            Name,
            IsMissing ? null : Cut(_observed()),
            Cut(CellText.Expected(_column, _expected, Own(_reconstruction, _column.Fields[0])))!,
            IsMissing ? null : Nats,
            Note
        );

    // The parts of a time need not lie side by side.
    private static ReadOnlySpan<float> Own(float[] features, VaeTableField part) => features.AsSpan(part.Start, part.Count);

    private string? NoteOf(VaeTableField part)
    {
        if (part.Categories is not null)
        {
            return _features[part.Start + part.Count - 1] != 1 ? null
                : part.OtherShare > 0 ? "rare or not in training"
                : "not in training";
        }
        if (_number is null || part.Histogram is not { } histogram)
            return null;
        var (value, least, greatest) = (_number(), histogram.Lower[0], histogram.Upper[^1]);
        return value < least ? $"below training, from {Bound(least)}"
            : value > greatest ? $"above training, to {Bound(greatest)}"
            : null;
    }

    private string Bound(double bound) => _column.Type == CellType.DateTime
        ? CellText.Of(TimeParts.Of(bound * TimeParts.SecondsPerDay))
        : bound.ToString(_column.Type == nameof(Single) ? "G7" : "R", CultureInfo.InvariantCulture);

    private static Func<double> Days(Func<double> seconds) => () => seconds() is var time and not 0 ? time / TimeParts.SecondsPerDay
        : double.NaN;

    private static string? Cut(string? text) => text is { Length: > MostCharacters } ? $"{text[..MostCharacters]}…" : text;
}
