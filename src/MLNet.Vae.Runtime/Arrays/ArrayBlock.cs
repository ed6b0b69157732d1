using MLNet.Vae.Columns;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Missing;
using MLNet.Vae.Runtime;

namespace MLNet.Vae.Arrays;

/// <summary>The buffers of one call at a time, and what judges the rows in them. Not thread-safe.</summary>
internal sealed class ArrayBlock : IDisposable
{
    private readonly ScoringContext _context;
    private readonly IReadOnlyList<ScorerOutput> _outputs;
    private readonly bool _needsScore;
    private readonly BlockScorer _scorer;
    private readonly RowCheck _features;
    private readonly RowCheck _condition;
    private readonly RowState[] _states;

    /// <param name="context">Runs the model.</param>
    /// <param name="info">Its sizes.</param>
    /// <param name="outputs">What is wanted.</param>
    /// <param name="capacity">Most rows of a run.</param>
    public ArrayBlock(ScoringContext context, VaeModelInfo info, IReadOnlyList<ScorerOutput> outputs, int capacity)
    {
        (_context, _outputs) = (context, outputs);
        _needsScore = outputs.Any(output => output.Output.NeedsScore);
        _states = new RowState[capacity];
        _features = new("Features", context.NonFiniteInput, _needsScore ? FeatureSupport.Of(info) : [])
        {
            SlotNames = () => info.FeatureNames,
            Mask = MaskLayout.Of(info),
        };
        _condition = new("Condition", context.NonFiniteInput, []) { SlotNames = () => info.ConditionNames };
        _scorer = context.Scorer(outputs, capacity);
    }

    public int Capacity => _scorer.Capacity;

    /// <summary>Scores rows that fit.</summary>
    /// <param name="warned">A bit for each state that was warned of in this call.</param>
    /// <param name="first">The number of the first of the rows.</param>
    /// <param name="rows"><c>[n, features]</c>.</param>
    /// <param name="condition"><c>[n, condition]</c>, or <c>[condition]</c> of all rows.</param>
    /// <exception cref="ArgumentException">A row is not to be scored; names it.</exception>
    public void Run(ref uint warned, int first, ReadOnlySpan<float> rows, ReadOnlySpan<float> condition)
    {
        var width = _scorer.Features(0).Length;
        var count = rows.Length / width;
        for (var row = 0; row < count; row++)
        {
            rows.Slice(row * width, width).CopyTo(_scorer.Features(row));
            _states[row] = Judged(_features, _scorer.Features(row), ref warned, first + row, "rows");
            var ofRow = _scorer.Condition(row);
            if (ofRow.Length > 0)
            {
                condition.Slice(condition.Length == ofRow.Length ? 0 : row * ofRow.Length, ofRow.Length).CopyTo(ofRow);
                var other = Judged(_condition, ofRow, ref warned, first + row, nameof(condition));
                _states[row] = _states[row] > other ? _states[row] : other;
            }
        }
        _scorer.Run(count);
        for (var row = 0; row < count; row++)
        {
            if (_states[row].Erases(needsScore: true))
                _scorer.Erase(row, scoresOnly: !_states[row].Erases(needsScore: false));
        }
    }

    /// <summary>What the first rows gave, <c>[rows, width]</c>.</summary>
    public ReadOnlySpan<float> Output(int output, int rows) => _scorer.Output(_outputs[output]).Rows(rows);

    public void Dispose() => _scorer.Dispose();

    private RowState Judged(RowCheck check, Span<float> row, ref uint warned, int number, string parameter)
    {
        var state = check.Judge(row, out var fault);
        if (state.Refuses(_needsScore))
            throw _context.Host.Process(new ArgumentException(fault!(number), parameter));
        var bit = 1u << (int)state;
        if (state != RowState.Scored && (warned & bit) == 0)
        {
            warned |= bit;
            _context.Host.Warn(nameof(VaeScorer), fault!(number), isOfData: true);
        }
        return state;
    }
}
