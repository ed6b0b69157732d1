using CsvHelper;

namespace MLNet.Vae.Tool.Files;

/// <summary>Writes a delimited file with a header.</summary>
internal sealed class CsvRowWriter : RowWriter
{
    private readonly CsvWriter _csv;
    private readonly IReadOnlyList<OutputColumn> _columns;

    public CsvRowWriter(Stream stream, IReadOnlyList<OutputColumn> columns, char separator)
    {
        _csv = CsvWriter.Create(stream, new CsvWriterOptions { Separator = separator, NewLine = "\n" }, leaveOpen: true);
        _columns = columns;
        foreach (var column in columns)
            _csv.WriteField(column.Name);
        _csv.EndRecord();
    }

    public override void Write(IReadOnlyList<object?> cells)
    {
        for (var i = 0; i < _columns.Count; i++)
            _csv.WriteField(FileCells.Text(cells[i], _columns[i].TimeFormat));
        _csv.EndRecord();
    }

    public override void Complete() => _csv.Flush();

    public override void Dispose() => _csv.Dispose();
}
