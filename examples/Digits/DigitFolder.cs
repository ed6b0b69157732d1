using MLNet.Vae.Modules;

namespace Digits;

/// <summary>Reads a folder of IDX files.</summary>
internal static class DigitFolder
{
    private const string Train = "train", Images = "images", Labels = "labels";

    private static readonly string[] TestNames = ["t10k", "test"];

    /// <param name="folder">Where the files lie.</param>
    /// <param name="most">Pictures to train on, at most.</param>
    /// <exception cref="InvalidDataException">Files are missing, damaged, or do not belong together; the message says which.</exception>
    public static DigitSet Read(DirectoryInfo folder, int most)
    {
        var train =
            Part(folder, Train)
            ?? throw new InvalidDataException(
                $"'{folder.FullName}' holds no pictures: expected {Train}-images-idx3-ubyte and {Train}-labels-idx1-ubyte, gzipped or "
                + $"not, as MNIST has them; found {Found(folder)}."
            );
        var test = TestNames.Select(name => Part(folder, name)).FirstOrDefault(part => part is not null);
        return DigitSet.Of(train, test, most);
    }

    /// <returns><see langword="null"/> where there are no pictures of this part.</returns>
    private static (IdxFile Images, IdxFile Labels)? Part(DirectoryInfo folder, string name)
    {
        if (Find(folder, name, Images) is not { } images)
        {
            return null;
        }

        var labels =
            Find(folder, name, Labels)
            ?? throw new InvalidDataException(
                $"'{folder.FullName}' holds pictures ({images.Name}) but no labels of them: expected {name}-labels-idx1-ubyte, gzipped or "
                + $"not; found {Found(folder)}."
            );
        return (
            Checked(IdxFile.Read(images), 3, "pictures, 3 dimensions (number, height, width)"),
            Checked(IdxFile.Read(labels), 1, "labels, 1 dimension")
        );
    }

    /// <summary>One that is not gzipped first.</summary>
    private static FileInfo? Find(DirectoryInfo folder, string part, string kind) =>
        folder
            .EnumerateFiles()
            .Where(file =>
                file.Name.StartsWith(part, StringComparison.OrdinalIgnoreCase)
                && file.Name.Contains(kind, StringComparison.OrdinalIgnoreCase)
                && file.Name.Contains("idx", StringComparison.OrdinalIgnoreCase)
            )
            .OrderBy(file => file.Name.Length)
            .ThenBy(file => file.Name, StringComparer.Ordinal)
            .FirstOrDefault();

    private static IdxFile Checked(IdxFile file, int dimensions, string expected) =>
        file.Lengths.Length == dimensions
            ? file
            : throw new InvalidDataException(
                $"'{file.Path}' should hold {expected}; it has {file.Lengths.Length} ({string.Join(" x ", file.Lengths)})."
            );

    private static string Found(DirectoryInfo folder)
    {
        const int shown = 5;
        var names = folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal).ToArray();
        return names.Length == 0 ? "no files"
            : string.Join(", ", names.Take(shown)) + (names.Length > shown ? $" and {names.Length - shown} more" : "");
    }
}
