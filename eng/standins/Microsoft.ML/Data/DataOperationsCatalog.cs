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

    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, DataViewSchema schema)
        where TRow : class
        => LoadFromEnumerable(data, TypedColumn.DefinitionOf(_env, typeof(TRow), _env.CheckValue(schema, nameof(schema))));

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

    public IDataView FilterRowsByColumn(IDataView input, string columnName, double lowerBound = double.NegativeInfinity, double upperBound = double.PositiveInfinity)
    {
        _env.CheckValue(input, nameof(input));
        _env.CheckNonEmpty(columnName, nameof(columnName));
        _env.CheckParam(lowerBound < upperBound, nameof(upperBound), "Must be greater than lowerBound");
        var column = input.Schema[columnName];
        if (column.Type is not NumberDataViewType)
            throw _env.ExceptColumn(nameof(columnName), "filter", columnName, "number", column.Type.ToString());
        return FilterView.ByColumn(input, column, row => (Func<bool>)Generic.Call(Between<int>, column.Type.RawType, row, column, lowerBound, upperBound));
    }

    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        _env.CheckValue(input, nameof(input));
        _env.CheckParam(shufflePoolSize > 0, nameof(shufflePoolSize), "Must be positive");
        return new CacheView(input, seed ?? _env.Register(nameof(ShuffleRows)).Rand.Next());
    }

    public IDataView SkipRows(IDataView input, long count)
    {
        _env.CheckParam(count > 0, nameof(count), "Must be greater than zero.");
        return FilterView.ByPosition(_env.CheckValue(input, nameof(input)), count, long.MaxValue);
    }

    public IDataView TakeRows(IDataView input, long count)
    {
        _env.CheckParam(count > 0, nameof(count), "Must be greater than zero.");
        return FilterView.ByPosition(_env.CheckValue(input, nameof(input)), 0, count);
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
        var start = seed ?? ((IHostEnvironmentInternal)_env).Seed ?? DefaultSplitSeed;
        return new TrainTestData(Part(draw => !isTest(draw)), Part(isTest));

        IDataView Part(Func<double, bool> accept) => key is null
            ? FilterView.ByDraw(data, start, accept)
            : ByKey(data, data.Schema.Find(_env, "SamplingKeyColumn", key, "samplingKeyColumn"), start, accept);
    }

    private static FilterView ByKey(IDataView data, DataViewSchema.Column column, int seed, Func<double, bool> accept)
        => FilterView.ByColumn(data, column, row => (Func<bool>)Generic.Call(ByHash<int>, column.Type.RawType, row, column, seed, accept));

    private static Func<bool> ByHash<TValue>(DataViewRow row, DataViewSchema.Column column, int seed, Func<double, bool> accept)
    {
        var get = row.GetGetter<TValue>(column);
        TValue value = default;
        return () =>
        {
            get(ref value);
            // The same number in every process, which string.GetHashCode is not.
            var hash = value.ToString().Aggregate((uint)seed, (sum, letter) => (sum * 31) + letter);
            return accept(new Random((int)hash).NextDouble());
        };
    }

    private static Func<bool> Between<TValue>(DataViewRow row, DataViewSchema.Column column, double lower, double upper)
        where TValue : struct, IConvertible
    {
        var get = row.GetGetter<TValue>(column);
        TValue value = default;
        return () =>
        {
            get(ref value);
            var number = value.ToDouble(null);
            return lower <= number && number < upper;
        };
    }

    /// <summary>Two parts of a table.</summary>
    public struct TrainTestData
    {
        public readonly IDataView TrainSet;
        public readonly IDataView TestSet;

        internal TrainTestData(IDataView trainSet, IDataView testSet) => (TrainSet, TestSet) = (trainSet, testSet);
    }
}
