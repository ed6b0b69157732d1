using System.Globalization;

/// <summary>Rows of numbers, a line each.</summary>
internal static class Csv
{
    /// <returns><c>[rows, features]</c>.</returns>
    /// <exception cref="InvalidDataException">A line has another number of values, or one that is no number; names it.</exception>
    public static float[] Read(string path, int features)
    {
        var values = new List<float>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            var cells = line.Split(',');
            if (cells.Length != features)
                throw new InvalidDataException($"Line {number}: expected {features} values, one a feature, found {cells.Length}.");
            foreach (var cell in cells)
            {
                values.Add(float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                    ? value
                    : throw new InvalidDataException($"Line {number}: expected a number, found '{cell}'."));
            }
        }
        return [.. values];
    }
}
