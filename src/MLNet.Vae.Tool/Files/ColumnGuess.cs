using MLNet.Vae.Cells;

namespace MLNet.Vae.Tool.Files;

/// <summary>What a column of a delimited file is: what is expected of it, else what all its values can be read as.</summary>
internal sealed class ColumnGuess
{
    /// <summary>Whole numbers to here are themselves in single precision.</summary>
    private const double MostExact = 1 << 24;

    private readonly string _name;
    private readonly CellKind? _expected;
    private bool _isNumber, _isSingle = true, _isTime, _isEmpty = true;
    private string? _format;

    private ColumnGuess(string name, CellKind? expected)
    {
        (_name, _expected) = (name, expected);
        _isNumber = expected is null or CellKind.Single or CellKind.Double;
        _isTime = expected is null or CellKind.Time;
    }

    public static ColumnGuess Of(string name, ReadOptions options) => new(name, options.TextColumns.Contains(name)
        ? CellKind.Text
        : options.Expected.TryGetValue(name, out var kind) ? kind : null);

    public FileColumn Column => new(_name, Kind) { TimeFormat = Kind == CellKind.Time ? _format : null };

    private CellKind Kind => _expected is CellKind.Text or CellKind.Flag or CellKind.Time ? _expected.Value
        : _isNumber ? (_isSingle ? CellKind.Single : CellKind.Double)
        : _isTime && !_isEmpty ? CellKind.Time : CellKind.Text;

    /// <exception cref="InvalidDataException">The value cannot be read as what is expected of the column.</exception>
    public void Add(string value, long line)
    {
        if (_expected == CellKind.Text)
            return;
        if (MissingTexts.Contains(value))
        {
            if (_expected == CellKind.Flag)
                throw Refused("a value (the model has none missing in it): true or false", value, line);
            return;
        }
        _isEmpty = false;
        if (_isNumber)
        {
            _isNumber = FileCells.TryNumber(value, out var number);
            _isSingle &= Math.Abs(number) <= MostExact || (float)number == number;
        }
        if (_isTime)
            _isTime = (_format is not null && CellText.TryTime(value, _format, out _)) || CellText.TryTime(value, out _, out _format);
        switch (_expected)
        {
            case CellKind.Single or CellKind.Double when !_isNumber:
                throw Refused("a number", value, line);
            case CellKind.Time when !_isTime:
                throw Refused("a date such as 2026-03-01 or 2026-03-01 08:30:00", value, line);
            case CellKind.Flag when !CellText.TryFlag(value, out _):
                throw Refused("true or false", value, line);
        }
    }

    private InvalidDataException Refused(string expected, string value, long line) => new(
        $"Line {line}, column '{_name}': expected {expected}, as the model was trained on, found '{value}'; mend the value"
            + (_expected == CellKind.Flag ? "." : " or leave it empty."));
}
