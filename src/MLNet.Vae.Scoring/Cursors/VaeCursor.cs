using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Interop;
using MLNet.Vae.Messages;
using MLNet.Vae.Runtime;

namespace MLNet.Vae.Cursors;

/// <summary>Reads a block of rows ahead, scores it in one run, then serves its rows one by one.</summary>
internal sealed class VaeCursor : DataViewRowCursor
{
    private readonly ScoringHost _host;
    private readonly ActiveColumns _columns;
    private readonly DataViewRowCursor _source;
    private readonly BlockScorer _scorer;
    private readonly RowReader _reader;
    private readonly ValueGetter<DataViewRowId> _idGetter;
    private readonly PassThroughColumn?[] _passThrough;
    private readonly PassThroughColumn[] _kept;
    private readonly Delegate?[] _getters;
    private readonly DataViewRowId[] _ids;
    private readonly long[] _batches;
    private readonly RowState[] _states;
    private readonly Dictionary<int, Func<string>> _refusals = [];
    private long _rowsBefore;
    private int _rows;
    private int _row = -1;
    private bool _sourceEnded;
    private ExceptionDispatchInfo? _sourceFault;
    private bool _disposed;

    /// <summary>
    /// Takes over <paramref name="source"/>, whose needed columns are active. At least one added column is active.
    /// </summary>
    public VaeCursor(ScoringContext context, ActiveColumns columns, DataViewRowCursor source, RowPass pass, int capacity)
    {
        _host = context.Host;
        _columns = columns;
        _source = source;
        _idGetter = source.GetIdGetter();
        _ids = new DataViewRowId[capacity];
        _batches = new long[capacity];
        _states = new RowState[capacity];

        _passThrough =
        [
            .. source.Schema.Select(column =>
                columns.PassThrough[column.Index] ? PassThroughColumn.Create(source, column, capacity, CurrentRow) : null
            ),
        ];
        _kept = [.. _passThrough.OfType<PassThroughColumn>()];
        _reader = RowReader.Of(context, columns.Bound, source, pass, columns.NeedScore, _passThrough);

        _scorer = context.Scorer(columns.AddedColumns, capacity);
        _getters = new Delegate[columns.Bound.Added.Count];
        foreach (var index in columns.Added)
        {
            var added = columns.Bound.Added[index];
            var values = _scorer.Output(added);
            var needsScore = added.Output.NeedsScore;
            _getters[index] = added.Getter(() => values.Row(CurrentScoredRow(needsScore)));
        }
    }

    public override DataViewSchema Schema => _columns.Schema;

    public override long Position => _row < 0 ? -1 : _rowsBefore + _row;

    public override long Batch => _row < 0 ? 0 : _batches[_row];

    public override bool MoveNext()
    {
        if (_disposed)
        {
            return false;
        }

        if (_row + 1 < _rows)
        {
            _row++;
            return true;
        }

        var goesOn = false;
        try
        {
            goesOn = NextBlock();
        }
        finally
        {
            if (!goesOn)
            {
                Dispose();
            }
        }

        _row = goesOn ? 0 : -1;
        return goesOn;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns.Contains(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        => _columns.Cast<TValue>(_columns.IsPassThrough(column, out var index) ? _passThrough[index]!.Getter : _getters[index]!, column);
    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = _ids[CurrentRow()];

    protected override void Dispose(bool disposing)
    {
        if (!_disposed && disposing)
        {
            _disposed = true;
            _row = -1;
            _scorer.Dispose();
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private int CurrentRow() => _row >= 0 ? _row : throw _host.Process(new InvalidOperationException(ScoringMessages.NoCurrentRow()));

    private int CurrentScoredRow(bool needsScore)
    {
        var row = CurrentRow();
        return !_states[row].Refuses(needsScore) ? row : throw _host.Process(new InvalidOperationException(_refusals[row]()));
    }

    private bool NextBlock()
    {
        _rowsBefore += _rows;
        (_row, _rows) = (-1, 0);
        Read();
        if (_rows == 0)
        {
            _sourceFault?.Throw();
            return false;
        }

        _scorer.Run(_rows);
        for (var row = 0; row < _rows; row++)
        {
            Erase(row, _states[row]);
        }

        return true;
    }

    private void Erase(int row, RowState state)
    {
        if (state.Erases(needsScore: true))
        {
            _scorer.Erase(row, scoresOnly: !state.Erases(needsScore: false));
        }
    }

    /// <summary>Reads the next rows of the source. What the source throws comes when the rows before it have been served.</summary>
    private void Read()
    {
        try
        {
            while (_rows < _scorer.Capacity && !_sourceEnded)
            {
                if (_source.MoveNext())
                {
                    Keep(_rows);
                    _rows++;
                }
                else
                {
                    _sourceEnded = true;
                }
            }
        }
        catch (Exception exception)
        {
            _sourceEnded = true;
            _sourceFault = ExceptionDispatchInfo.Capture(exception);
        }
    }

    private void Keep(int row)
    {
        _idGetter(ref _ids[row]);
        _batches[row] = _source.Batch;
        foreach (var column in _kept)
        {
            column.Keep(row);
        }

        _states[row] = _reader.Read(_scorer, row, out var refusal);
        if (refusal is not null)
        {
            _refusals[row] = refusal;
        }
    }
}
