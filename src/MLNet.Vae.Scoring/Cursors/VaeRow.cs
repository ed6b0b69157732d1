using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Columns;
using MLNet.Vae.Messages;
using MLNet.Vae.Runtime;

namespace MLNet.Vae.Cursors;

/// <summary>
/// A live row over an input row: scored when a getter is called and the input has moved since. Its buffers and tensors are made once,
/// so that a prediction costs one run and nothing else.
/// </summary>
internal sealed class VaeRow : DataViewRow
{
    // No input row is ever at this position; one that does not count its rows stays at 0.
    private const long Never = long.MinValue;

    private readonly IHost _host;
    private readonly BoundSchema _columns;
    private readonly DataViewRow _input;
    private readonly bool[] _active;
    private readonly Delegate?[] _getters;
    private readonly BlockScorer? _scorer;
    private readonly RowReader? _reader;
    private long _scoredPosition = Never;
    private bool _disposed;

    public VaeRow(ScoringContext context, BoundSchema columns, DataViewRow input, bool[] active)
    {
        _host = context.Host;
        _columns = columns;
        _input = input;
        _active = active;
        _getters = new Delegate[columns.Added.Count];

        var added = columns.ActiveAdded(active);
        if (added.Count == 0)
        {
            return;
        }

        _reader = context.Reader(columns, input);
        _scorer = context.Scorer(added.Select(index => columns.Added[index]), capacity: 1);
        foreach (var index in added)
        {
            _getters[index] = OutputGetters.Create(columns.Added[index], _scorer, Score, context.Threshold);
        }
    }

    public override DataViewSchema Schema => _columns.Output;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
        {
            throw _host.Process(new InvalidOperationException(ScoringMessages.InactiveColumn(column.Name)));
        }

        return _columns.IsPassThrough(column.Index, out var index)
            ? _input.GetGetter<TValue>(_columns.Input[index])
            : OutputGetters.Cast<TValue>(_host, _getters[index]!, Schema[column.Index]);
    }

    protected override void Dispose(bool disposing)
    {
        if (!_disposed && disposing)
        {
            _disposed = true;
            _scorer?.Dispose();
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Score()
    {
        if (_disposed)
        {
            throw _host.Process(new InvalidOperationException(ScoringMessages.NoCurrentRow()));
        }

        var position = _input.Position;
        if (position != _scoredPosition)
        {
            _scoredPosition = Never;
            var state = _reader!.Read(_scorer!, 0, position, out var fault);
            if (fault is not null)
            {
                throw _host.Process(new InvalidOperationException(fault));
            }

            _scorer!.Run(rows: 1);
            if (state == RowState.NaN)
            {
                _scorer.Erase(0);
            }

            _scoredPosition = position;
        }

        return 0;
    }
}
