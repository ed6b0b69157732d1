using System.Globalization;
using Digits;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace VectorSearch;

/// <summary>Pictures to train on and to look in, and others to look for.</summary>
/// <param name="Name">Where they are from.</param>
/// <param name="Width">Pixels of a line.</param>
/// <param name="Stored">To train on, and to look in.</param>
/// <param name="Asked">To look for: no model saw them.</param>
internal sealed record PictureSet(string Name, int Width, Picture[] Stored, Picture[] Asked)
{
    private const int OpticalSide = 8;
    private const float OpticalWhite = 16;

    public int Pixels => Stored[0].Pixels.Length;

    /// <summary>What the class leaves open: how many pixels there are.</summary>
    public SchemaDefinition Schema
    {
        get
        {
            var schema = SchemaDefinition.Create(typeof(Picture));
            schema[nameof(Picture.Pixels)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Pixels);
            return schema;
        }
    }

    public IDataView View(MLContext mlContext) => mlContext.Data.LoadFromEnumerable(Stored, Schema);

    /// <exception cref="InvalidDataException">The folder has neither kind of files, or damaged ones.</exception>
    public static PictureSet Read(DirectoryInfo folder, int most)
    {
        var (train, test) = (Path.Combine(folder.FullName, "optdigits.tra"), Path.Combine(folder.FullName, "optdigits.tes"));
        if (File.Exists(train) && File.Exists(test))
            return new("optdigits", OpticalSide, [.. Optical(train).Take(most)], Optical(test));
        var digits = DigitFolder.Read(folder, most);
        return new(folder.Name, digits.Shape.Width, Pictures(digits.Train), Pictures(digits.Test));
    }

    public static PictureSet MadeUp()
    {
        const int Stored = 2_000, Asked = 500;
        var pictures = MadeUpPictures.Create(Stored + Asked);
        return new("made-up digits", MadeUpPictures.Side, pictures[..Stored], pictures[Stored..]);
    }

    private static Picture[] Pictures(Digit[] digits)
        => Array.ConvertAll(digits, digit => new Picture { Pixels = digit.Features, Label = digit.Label });

    private static Picture[] Optical(string path) =>
    [
        .. File.ReadLines(path).Where(line => !line.StartsWith('#')).Select(line => line.Split(',')).Select(values =>
            values.Length == (OpticalSide * OpticalSide) + 1
                ? new Picture
                {
                    Pixels = Array.ConvertAll(values[..^1], value => float.Parse(value, CultureInfo.InvariantCulture) / OpticalWhite),
                    Label = values[^1],
                }
                : throw new InvalidDataException(
                    $"'{path}' has a line of {values.Length} values: expected {OpticalSide * OpticalSide} pixels and a label.")),
    ];
}
