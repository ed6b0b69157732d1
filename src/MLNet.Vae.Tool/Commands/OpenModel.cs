using Microsoft.ML;
using MLNet.Vae.Tool.Files;

namespace MLNet.Vae.Tool.Commands;

/// <summary>A model file, whichever kind it is of: of a table, of a series, or of a vector of named features.</summary>
internal sealed class OpenModel : IDisposable
{
    private readonly MLContext _mlContext;
    private readonly string _path;
    private IDisposable? _owned;

    private OpenModel(MLContext mlContext, string path, VaeModelInfo info) => (_mlContext, _path, Info) = (mlContext, path, info);

    public VaeModelInfo Info { get; }

    /// <summary>A table's transformer; null: the model is none.</summary>
    public VaeTableTransformer? Table { get; private set; }

    /// <summary>A series' transformer; null: the model is none.</summary>
    public VaeSeriesTransformer? Series { get; private set; }

    /// <summary>The transformer of a vector of features; null: the model is another.</summary>
    public VaeTransformer? Vector { get; private set; }

    /// <summary>The words for its kind.</summary>
    public string Kind => Series is not null ? "a model of a series"
        : Table is not null ? "a model of a table"
        : "a model of a vector of features";

    /// <summary>Names of the columns that it reads.</summary>
    public IReadOnlyList<string> Inputs => Info.Table is { } table
        ? [.. table.Columns.Where(column => column.Kind is not null).Select(column => column.Name)]
        : Info.Series?.Columns ?? Info.FeatureNames ?? [];

    /// <exception cref="InvalidDataException">The file is none of a model that can be used.</exception>
    public static OpenModel From(MLContext mlContext, string path, double? threshold = null)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file '{path}'; 'mlnet-vae fit' writes a model.", path);
        var vector = VaeTransformer.From(mlContext, path);
        var model = new OpenModel(mlContext, path, vector.Model.Info);
        if (model.Info.Series is not null || model.Info.Table is not null)
            vector.Dispose();
        if (model.Info.Series is not null)
        {
            model.Series = VaeSeriesTransformer.From(mlContext, path);
            model._owned = model.Series = Replaced(model.Series, threshold, series => series.WithThreshold(threshold!.Value));
        }
        else if (model.Info.Table is not null)
        {
            model.Table = VaeTableTransformer.From(mlContext, path);
            model._owned = model.Table = Replaced(model.Table, threshold, table => table.WithThreshold(threshold!.Value));
        }
        else
        {
            model._owned = model.Vector = Replaced(vector, threshold, one => one.WithThreshold(threshold!.Value));
        }
        return model;
    }

    /// <summary>Reads a file with the types that the model was trained on.</summary>
    public ReadOptions ReadOptions(char? separator, params IEnumerable<string> textColumns)
    {
        var text = textColumns.ToHashSet();
        if (Info.Series is { KeyColumn: { } key })
            text.Add(key);
        Dictionary<string, CellKind> expected = Info.Table is { } table
            ? table.Columns.Where(column => column.Kind is not null).ToDictionary(column => column.Name, column => KindOf(column.Type))
            : Inputs.ToDictionary(name => name, _ => CellKind.Single);
        return new() { Separator = separator, TextColumns = text, Expected = expected };
    }

    /// <summary>Adds the columns of the model to rows of a file.</summary>
    /// <exception cref="InvalidDataException">The file lacks columns of the model.</exception>
    public IDataView Score(TableFile file, CancellationToken cancellationToken)
    {
        Check(file);
        var rows = file.View(cancellationToken);
        return Series?.Transform(rows) ?? Table?.Transform(rows) ?? Vector!.Transform(Features(rows));
    }

    /// <summary>The rows with the vector that a model of one reads.</summary>
    public IDataView Features(IDataView rows) => Info.FeatureNames is { } names
        ? _mlContext.Transforms.Concatenate(Info.Columns.Features, [.. names]).Fit(rows).Transform(rows)
        : throw new InvalidDataException($"'{_path}' is {Kind} without names: a file has no such column.");

    /// <exception cref="InvalidDataException">The file lacks columns of the model; the message has all of them.</exception>
    public void Check(TableFile file)
    {
        var missing = Inputs.Except(file.Columns.Select(column => column.Name)).ToList();
        if (missing.Count > 0)
        {
            throw new InvalidDataException($"'{file.Name}' lacks {(missing.Count == 1 ? "a column" : $"{missing.Count} columns")} that "
                + $"'{_path}' was trained on: {string.Join(", ", missing.Select(name => $"'{name}'"))}. It has "
                + $"{string.Join(", ", file.Columns.Select(column => $"'{column.Name}'"))}.");
        }
    }

    /// <exception cref="InvalidDataException">The model is another.</exception>
    public VaeTableTransformer ExpectTable(string command) => Table ?? throw new InvalidDataException(
        $"'{_path}' is {Kind}; '{command}' needs one of a table ('mlnet-vae fit' without --time, --key and --steps).");

    public void Dispose() => _owned?.Dispose();

    private static T Replaced<T>(T model, double? threshold, Func<T, T> change) where T : IDisposable
    {
        if (threshold is null)
            return model;
        using (model)
            return change(model);
    }

    private static CellKind KindOf(string type) => type switch
    {
        "Text" or "Key" => CellKind.Text,
        "Boolean" => CellKind.Flag,
        "DateTime" => CellKind.Time,
        _ => CellKind.Single,
    };
}
