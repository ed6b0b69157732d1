using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Columns;
using MLNet.Vae.Messages;
using MLNet.Vae.Runtime;

namespace MLNet.Vae.Cursors;

/// <summary>The source's own cursor with the log-likelihood beside it, estimated when it is asked for: it is worth no reading ahead.</summary>
internal sealed class LikelihoodCursor : DataViewRowCursor
{
    private readonly IHost _host;
    private readonly BoundSchema _columns;
    private readonly DataViewRowCursor _source;
    private readonly bool[] _active;
    private readonly RowReader _reader;
    private readonly ImportanceSampler _sampler;
    private readonly ValueGetter<DataViewRowId> _idGetter;
    private (float LogLikelihood, float StandardError)? _estimate;
    private bool _disposed;

    /// <summary>Takes over <paramref name="source"/>, whose needed columns are active.</summary>
    public LikelihoodCursor(
        ScoringContext context, BoundSchema columns, DataViewRowCursor source, bool[] active, int samples, int seed)
    {
        _host = context.Host;
        _columns = columns;
        _source = source;
        _active = active;
        _reader = context.Reader(columns, source);
        _idGetter = source.GetIdGetter();
        _sampler = context.ImportanceSampler(samples, seed);
    }

    public override DataViewSchema Schema => _columns.Output;

    public override long Position => _source.Position;

    public override long Batch => _source.Batch;

    public override bool MoveNext()
    {
        _estimate = null;
        return _source.MoveNext();
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
        {
            throw _host.Process(new InvalidOperationException(ScoringMessages.InactiveColumn(column.Name)));
        }

        if (_columns.IsPassThrough(column.Index, out var index))
        {
            return _source.GetGetter<TValue>(_source.Schema[index]);
        }

        ValueGetter<float> getter = _columns.Added[index].Output == VaeOutput.LogLikelihood
            ? (ref float value) => value = Estimate().LogLikelihood
            : (ref float value) => value = Estimate().StandardError;
        return OutputGetters.Cast<TValue>(_host, getter, Schema[column.Index]);
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => _source.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (!_disposed && disposing)
        {
            _disposed = true;
            _sampler.Dispose();
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private (float LogLikelihood, float StandardError) Estimate()
    {
        if (_disposed || _source.Position < 0)
        {
            throw _host.Process(new InvalidOperationException(ScoringMessages.NoCurrentRow()));
        }

        if (_estimate is { } known)
        {
            return known;
        }

        var state = _reader.Read(_sampler.Features, _sampler.Condition, _source.Position, out var fault);
        if (fault is not null)
        {
            throw _host.Process(new InvalidOperationException(fault));
        }

        DataViewRowId id = default;
        _idGetter(ref id);
        var estimate = state == RowState.NaN ? (float.NaN, float.NaN) : _sampler.Estimate(id);
        _estimate = estimate;
        return estimate;
    }
}
