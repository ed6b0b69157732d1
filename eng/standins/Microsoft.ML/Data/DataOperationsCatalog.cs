using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Makes and cuts data.</summary>
public sealed class DataOperationsCatalog : IInternalCatalog
{
    private const int DefaultSplitSeed = 42;

    private readonly IHostEnvironment _env;

    internal DataOperationsCatalog(IHostEnvironment env) => _env = env;

    IHostEnvironment IInternalCatalog.Environment => _env;

    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, SchemaDefinition schemaDefinition = null)
        where TRow : class
        => new EnumerableView<TRow>(_env.CheckValue(data, nameof(data)), TypedColumn.Of(typeof(TRow), SchemaDefinition.Direction.Read, schemaDefinition));

    public IEnumerable<TRow> CreateEnumerable<TRow>(IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false, SchemaDefinition schemaDefinition = null)
        where TRow : class, new()
    {
        var reader = new TypedReader<TRow>(_env, _env.CheckValue(data, nameof(data)).Schema, ignoreMissingColumns, schemaDefinition);
        return Enumerate();

        IEnumerable<TRow> Enumerate()
        {
            using var cursor = data.GetRowCursor(reader.Columns);
            var fill = reader.Bind(cursor);
            TRow row = null;
            while (cursor.MoveNext())
            {
                row = reuseRowObject && row is not null ? row : new TRow();
                fill(row);
                yield return row;
            }
        }
    }

    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        _env.CheckValue(input, nameof(input));
        foreach (var name in columnsToPrefetch ?? [])
            input.Schema.Find(_env, "prefetch", name, nameof(columnsToPrefetch));
        return new CacheView(input);
    }

    public TrainTestData TrainTestSplit(IDataView data, double testFraction = 0.1, string samplingKeyColumnName = null, int? seed = null)
    {
        _env.CheckParam(testFraction is > 0 and < 1, nameof(testFraction), "Must be between 0 and 1 exclusive");
        return Split(_env.CheckValue(data, nameof(data)), samplingKeyColumnName, seed, draw => draw < testFraction);
    }

    public IReadOnlyList<TrainTestData> CrossValidationSplit(IDataView data, int numberOfFolds = 5, string samplingKeyColumnName = null, int? seed = null)
    {
        _env.CheckParam(numberOfFolds > 1, nameof(numberOfFolds), "Must be more than 1");
        return [.. Enumerable.Range(0, numberOfFolds).Select(fold => Split(_env.CheckValue(data, nameof(data)), samplingKeyColumnName, seed, draw => (int)(draw * numberOfFolds) == fold))];
    }

    private TrainTestData Split(IDataView data, string key, int? seed, Func<double, bool> isTest)
    {
        _env.CheckParam(key is null, "samplingKeyColumnName", "The stand-in splits row by row.");
        var start = seed ?? ((IHostEnvironmentInternal)_env).Seed ?? DefaultSplitSeed;
        return new TrainTestData(new SplitView(data, start, draw => !isTest(draw)), new SplitView(data, start, isTest));
    }

    /// <summary>Two parts of a table.</summary>
    public struct TrainTestData
    {
        public readonly IDataView TrainSet;
        public readonly IDataView TestSet;

        internal TrainTestData(IDataView trainSet, IDataView testSet) => (TrainSet, TestSet) = (trainSet, testSet);
    }
}
