using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Loads text files.</summary>
public static class TextLoaderSaverCatalog
{
    public static IDataView LoadFromTextFile(this DataOperationsCatalog catalog, string path, TextLoader.Column[] columns, char separatorChar = '\t',
        bool hasHeader = false, bool allowQuoting = false, bool trimWhitespace = false, bool allowSparse = false)
        => Load(catalog, path, null, Form(columns, separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse));

    // Only here does the real one look into the file for its header and width before reading it.
    public static IDataView LoadFromTextFile(this DataOperationsCatalog catalog, string path, TextLoader.Options options = null)
        => Load(catalog, path, path, options);

    private static IDataView Load(DataOperationsCatalog catalog, string path, string samplePath, TextLoader.Options options)
    {
        Contracts.CheckNonEmpty(null, path, nameof(path));
        Contracts.CheckParam(File.Exists(path), nameof(path), $"File or directory does not exist at path: {path}");
        return new TextLoader(catalog.GetEnvironment(), options, samplePath).Load(path);
    }

    private static TextLoader.Options Form(TextLoader.Column[] columns, char separator, bool hasHeader, bool allowQuoting, bool trimWhitespace, bool allowSparse)
        => allowSparse ? throw new NotSupportedException("The stand-in reads no sparse text.") : new TextLoader.Options
        {
            Columns = columns,
            Separators = [separator],
            HasHeader = hasHeader,
            AllowQuoting = allowQuoting,
            TrimWhitespace = trimWhitespace,
        };
}
