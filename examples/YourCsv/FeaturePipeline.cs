using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace YourCsv;

/// <summary>From a table to one vector of features: missing numbers become the mean, categories one feature for each value.</summary>
internal sealed class FeaturePipeline
{
    public const string Features = "Features";
    public const string Label = "Label";

    private const string Numbers = "Numbers";
    private static readonly HashSet<string> Reserved =
    [
        Features,
        Label,
        Numbers,
        "PredictedLabel",
        "Score",
        "Embedding",
        "EmbeddingLogSigma",
        "Contributions",
    ];

    private readonly CsvTable _table;
    private readonly CsvColumn[] _numbers;
    private readonly CsvColumn[] _categories;
    private readonly CsvColumn? _label;

    /// <exception cref="InvalidDataException">No column can be used.</exception>
    public FeaturePipeline(CsvTable table, CsvColumn[] columns, CsvColumn? label)
    {
        _table = table;
        _label = label;
        _numbers = [.. columns.Where(column => column != label && column.Type == ColumnType.Number)];
        _categories = [.. columns.Where(column => column != label && column.IsCategorical)];
        if (_numbers.Length + _categories.Length == 0)
        {
            throw new InvalidDataException(
                $"No column of '{table.Path}' but the label is numeric or has values that recur: there is nothing to learn from. "
                    + $"If that is not so, the separator {CsvFile.Shown(table.Separator)} may be wrong: name it with --separator."
            );
        }
    }

    public IDataView Load(MLContext mlContext)
    {
        var columns = _categories.Select(column => new TextLoader.Column(NameOf(column), DataKind.String, column.Index)).ToList();
        if (_numbers.Length > 0)
        {
            columns.Add(
                new(Numbers, DataKind.Single, [.. _numbers.Select(column => new TextLoader.Range(column.Index) { ForceVector = true })])
            );
        }

        if (_label is not null)
        {
            columns.Add(new(Label, DataKind.String, _label.Index));
        }

        return mlContext.Data.LoadFromTextFile(_table.Path, new TextLoader.Options
        {
            Separators = [_table.Separator],
            HasHeader = true,
            AllowQuoting = true,
            ReadMultilines = true,
            // It trims lines, and with them the tabs of values missing at their ends.
            TrimWhitespace = _table.Separator != '\t',
            MissingRealsAsNaNs = true,
            Columns = [.. columns],
        });
    }

    public IEstimator<ITransformer> Build(MLContext mlContext)
    {
        IEstimator<ITransformer> pipeline = mlContext.Transforms.Concatenate(Features,
            [.. _categories.Select(NameOf), .. _numbers.Length > 0 ? [Numbers] : Array.Empty<string>()]);
        foreach (var column in _categories)
        {
            pipeline = mlContext.Transforms.Categorical.OneHotEncoding(NameOf(column)).Append(pipeline);
        }

        return _numbers.Length == 0
            ? pipeline
            : mlContext
                .Transforms.ReplaceMissingValues(Numbers, replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean)
                .Append(pipeline);
    }

    /// <summary>"Color = red" for a slot of a category, the column's name for a number.</summary>
    public string Shown(string slotName)
    {
        const string fromNumbers = Numbers + ".";
        if (slotName.StartsWith(fromNumbers, StringComparison.Ordinal))
        {
            return slotName[fromNumbers.Length..];
        }

        var category = _categories.FirstOrDefault(column => slotName.StartsWith(NameOf(column) + ".", StringComparison.Ordinal));
        return category is null ? slotName : $"{category.Name} = {slotName[(NameOf(category).Length + 1)..]}";
    }

    /// <summary>A column of the file keeps its name, unless the pipeline has one of that name.</summary>
    private static string NameOf(CsvColumn column) => Reserved.Contains(column.Name) ? column.Name + " (column)" : column.Name;
}
