using System.Collections;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

[assembly: Loadable("TransformerChain", typeof(TransformerChain))]

namespace Microsoft.ML.Data;

/// <summary>Maps rows one by one.</summary>
public interface IRowToRowMapper
{
    DataViewSchema InputSchema { get; }
    DataViewSchema OutputSchema { get; }
    IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns);
    DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns);
}

/// <summary>Transformers one after another.</summary>
public sealed class TransformerChain<TLastTransformer> : ITransformer, IEnumerable<ITransformer>, IDisposable
    where TLastTransformer : class, ITransformer
{
    public readonly TLastTransformer LastTransformer;
    private readonly ITransformer[] _transformers;
    private bool _disposed;

    public TransformerChain(params ITransformer[] transformers)
    {
        _transformers = [.. transformers ?? []];
        LastTransformer = _transformers.LastOrDefault() as TLastTransformer;
        Contracts.Check(null, _transformers.Length == 0 || LastTransformer is not null, $"The last transformer is not a {typeof(TLastTransformer).Name}.");
    }

    bool ITransformer.IsRowToRowMapper => _transformers.All(t => t.IsRowToRowMapper);

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
        => _transformers.Aggregate(Contracts.CheckValue(inputSchema, nameof(inputSchema)), (schema, t) => t.GetOutputSchema(schema));

    public IDataView Transform(IDataView input)
    {
        GetOutputSchema(Contracts.CheckValue(input, nameof(input)).Schema);
        return _transformers.Aggregate(input, (data, t) => t.Transform(data));
    }

    public IEnumerator<ITransformer> GetEnumerator() => ((IEnumerable<ITransformer>)_transformers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        Contracts.Check(null, ((ITransformer)this).IsRowToRowMapper, "GetRowToRowMapper method called despite IsRowToRowMapper being false.");
        return new ChainedMapper(inputSchema, _transformers);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.Sign(nameof(TransformerChain), typeof(TransformerChain));
        ctx.Writer.Write(_transformers.Length);
        for (var i = 0; i < _transformers.Length; i++)
            ctx.SaveModel(_transformers[i], TransformerChain.DirectoryOf(i));
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        foreach (var transformer in _transformers)
            (transformer as IDisposable)?.Dispose();
    }
}

/// <summary>When a transformer of a chain is used.</summary>
[Flags]
public enum TransformerScope
{
    Everything = 7,
}

internal static class TransformerChain
{
    public static string DirectoryOf(int index) => $"Transform_{index:000}";

    internal static ITransformer Load(IHostEnvironment env, ModelLoadContext context)
        => new TransformerChain<ITransformer>([.. Enumerable.Range(0, context.Reader.ReadInt32()).Select(i => context.LoadModel<ITransformer>(DirectoryOf(i)))]);
}

/// <summary>Row mappers one after another.</summary>
internal sealed class ChainedMapper : IRowToRowMapper
{
    private readonly List<IRowToRowMapper> _mappers = [];

    public ChainedMapper(DataViewSchema inputSchema, IEnumerable<ITransformer> transformers)
    {
        InputSchema = OutputSchema = inputSchema;
        foreach (var transformer in transformers)
        {
            _mappers.Add(transformer.GetRowToRowMapper(OutputSchema));
            OutputSchema = _mappers[^1].OutputSchema;
        }
    }

    public DataViewSchema InputSchema { get; }
    public DataViewSchema OutputSchema { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => Enumerable.Reverse(_mappers).Aggregate(dependingColumns, (columns, mapper) => mapper.GetDependencies(columns));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckValue(activeColumns, nameof(activeColumns));
        Contracts.CheckParam(input.Schema == InputSchema, nameof(input), "Schema did not match original schema");
        var needed = new IEnumerable<DataViewSchema.Column>[_mappers.Count];
        for (var i = _mappers.Count - 1; i >= 0; i--)
        {
            needed[i] = activeColumns;
            activeColumns = _mappers[i].GetDependencies(activeColumns);
        }
        return _mappers.Zip(needed).Aggregate(input, (row, step) => step.First.GetRow(row, step.Second));
    }
}
