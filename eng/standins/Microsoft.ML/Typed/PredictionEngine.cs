using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Predicts one example at a time.</summary>
public sealed class PredictionEngine<TSrc, TDst> : PredictionEngineBase<TSrc, TDst>
    where TSrc : class
    where TDst : class, new()
{
    internal PredictionEngine(IHostEnvironment env, ITransformer transformer, bool ignoreMissingColumns, SchemaDefinition input, SchemaDefinition output)
        : base(env, transformer, ignoreMissingColumns, input, output)
    {
    }
}

/// <summary>What prediction engines share.</summary>
public abstract class PredictionEngineBase<TSrc, TDst> : IDisposable
    where TSrc : class
    where TDst : class, new()
{
    private readonly ObjectRow<TSrc> _input;
    private readonly Action<TDst> _read;
    private readonly ITransformer _transformer;
    private bool _disposed;

    private protected PredictionEngineBase(IHostEnvironment env, ITransformer transformer, bool ignoreMissingColumns, SchemaDefinition input, SchemaDefinition output)
    {
        _transformer = env.CheckValue(transformer, nameof(transformer));
        env.CheckParam(transformer.IsRowToRowMapper, nameof(transformer), "Must be a row to row mapper");
        _input = new ObjectRow<TSrc>(TypedColumn.Of(typeof(TSrc), SchemaDefinition.Direction.Read, input));
        var mapper = transformer.GetRowToRowMapper(_input.Schema);
        var reader = new TypedReader<TDst>(env, mapper.OutputSchema, ignoreMissingColumns, output);
        _read = reader.Bind(mapper.GetRow(_input, mapper.OutputSchema));
    }

    public TDst Predict(TSrc example)
    {
        TDst prediction = new();
        Predict(example, ref prediction);
        return prediction;
    }

    public void Predict(TSrc example, ref TDst prediction)
    {
        _input.Set(Contracts.CheckValue(example, nameof(example)));
        _read(prediction ??= new());
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _input.Dispose();
        (_transformer as IDisposable)?.Dispose();
    }
}
