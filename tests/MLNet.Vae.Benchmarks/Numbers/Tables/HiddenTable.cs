using System.Globalization;

namespace MLNet.Vae.Benchmarks.Numbers.Tables;

/// <summary>A table some values of which are hidden, and the error of what is put in their place.</summary>
internal sealed class HiddenTable
{
    private readonly double[][] _rows;
    private readonly string[] _types;
    private readonly int[] _classes;
    private readonly bool[,] _hidden, _missing;

    private HiddenTable(double[][] rows, (string Type, int Classes)[] types)
    {
        _rows = rows;
        _types = [.. types.Select(type => type.Type)];
        _classes = [.. types.Select(type => type.Classes)];
        (_hidden, _missing) = (new bool[rows.Length, types.Length], new bool[rows.Length, types.Length]);
    }

    public int Columns => _types.Length;

    public int Rows => _rows.Length;

    public bool IsCategory(int column) => _types[column] == "cat";

    public bool IsRank(int column) => _types[column] == "ordinal";

    /// <summary>What is to be seen of a cell; <see langword="null"/>: it is hidden or missing.</summary>
    public double? Known(int row, int column) => _hidden[row, column] || _missing[row, column] ? null : _rows[row][column];

    /// <param name="folder">Of the set.</param>
    /// <param name="share">Of hidden values, in percent.</param>
    public static HiddenTable Read(string folder, string share)
    {
        double[][] rows = [.. File.ReadLines(Path.Combine(folder, "data.csv")).Select(line => Array.ConvertAll(line.Split(','), Number))];
        var types = File.ReadLines(Path.Combine(folder, "data_types.csv")).Skip(1).Select(line => line.Split(','))
            .Select(type => (type[0], type[2].Length > 0 ? int.Parse(type[2], CultureInfo.InvariantCulture) : 0));
        var table = new HiddenTable(rows, [.. types]);
        Mark(Path.Combine(folder, $"Missing{share}_1.csv"), table._hidden);
        Mark(Path.Combine(folder, "MissingTrue.csv"), table._missing);
        return table;

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>The rows as text, hidden and missing values empty, categories with a letter before them.</summary>
    public IEnumerable<string> Lines() => Enumerable.Range(0, _rows.Length).Select(row => string.Join(',', Enumerable.Range(0, Columns)
        .Select(column => _hidden[row, column] || _missing[row, column] ? ""
            : (IsCategory(column) ? "c" : "") + _rows[row][column].ToString("R", CultureInfo.InvariantCulture))));

    /// <summary>The mean of what is there, of categories and ranks the most frequent.</summary>
    public double Centre(int column)
    {
        var there = Enumerable.Range(0, _rows.Length).Where(row => !_hidden[row, column] && !_missing[row, column])
            .Select(row => _rows[row][column]);
        return _types[column] is "cat" or "ordinal" ? there.GroupBy(value => value).MaxBy(group => group.Count())!.Key : there.Average();
    }

    /// <summary>The mean of the errors of the columns.</summary>
    public double Error(Func<int, int, double> filled) => Enumerable.Range(0, Columns).Average(column => Error(column, filled));

    private double Error(int column, Func<int, int, double> filled)
    {
        int[] known = [.. Enumerable.Range(0, _rows.Length).Where(row => !_missing[row, column])];
        int[] hidden = [.. known.Where(row => _hidden[row, column])];
        double Off(int row) => filled(row, column) - _rows[row][column];
        return _types[column] switch
        {
            "cat" => hidden.Average(row => Off(row) == 0 ? 0.0 : 1),
            "ordinal" => hidden.Average(row => Math.Abs(Off(row))) / _classes[column],
            _ => Math.Sqrt(hidden.Average(row => Off(row) * Off(row)))
                / (known.Max(row => _rows[row][column]) - known.Min(row => _rows[row][column])),
        };
    }

    private static void Mark(string path, bool[,] marks)
    {
        if (!File.Exists(path))
            return;
        foreach (var line in File.ReadLines(path))
        {
            var place = Array.ConvertAll(line.Split(','), number => int.Parse(number, CultureInfo.InvariantCulture));
            marks[place[0] - 1, place[1] - 1] = true;
        }
    }
}
