using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Interop;
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

    private readonly ScoringHost _host;
    private readonly ActiveColumns _columns;
    private readonly DataViewRow _input;
    private readonly Delegate?[] _getters;
    private readonly BlockScorer? _scorer;
    private readonly RowReader? _reader;
    private long _scoredPosition = Never;
    private RowState _state;
    private Func<string>? _refusal;
    private bool _disposed;

    public VaeRow(ScoringContext context, ActiveColumns columns, DataViewRow input)
    {
        _host = context.Host;
        _columns = columns;
        _input = input;
        _getters = new Delegate[columns.Bound.Added.Count];
        if (columns.Added.Count == 0)
        {
            return;
        }

        _reader = RowReader.Of(context, columns.Bound, input, new RowPass(), columns.NeedScore);
        _scorer = context.Scorer(columns.AddedColumns, capacity: 1);
        foreach (var index in columns.Added)
        {
            var added = columns.Bound.Added[index];
            var values = _scorer.Output(added);
            var needsScore = added.Output.NeedsScore;
            _getters[index] = added.Getter(() => values.Row(Score(needsScore)));
        }
    }

    public override DataViewSchema Schema => _columns.Schema;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns.Contains(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        => _columns.IsPassThrough(column, out var index)
            ? _input.GetGetter<TValue>(_columns.Bound.Input[index])
            : _columns.Cast<TValue>(_getters[index]!, column);
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

    private int Score(bool needsScore)
    {
        if (_disposed)
        {
            throw _host.Process(new InvalidOperationException(ScoringMessages.NoCurrentRow()));
        }

        var position = _input.Position;
        if (position != _scoredPosition)
        {
            _scoredPosition = Never;
            _state = _reader!.Read(_scorer!, 0, out _refusal);
            if (_state != RowState.Refused)
            {
                _scorer!.Run(rows: 1);
                if (_state.Erases(needsScore: true))
                {
                    _scorer.Erase(0, scoresOnly: !_state.Erases(needsScore: false));
                }
                _scoredPosition = position;
            }
        }

        return !_state.Refuses(needsScore) ? 0 : throw _host.Process(new InvalidOperationException(_refusal!()));
    }
}
