using Microsoft.ML;
using MLNet.Vae.Interop;
using MLNet.Vae.Columns;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Runtime;

namespace MLNet.Vae.Cursors;

/// <summary>Copies all that a model reads of a row into a block. One per cursor or row.</summary>
internal sealed class RowReader
{
    private readonly ScoringHost _host;
    private readonly DataViewRow _source;
    private readonly RowPass _pass;
    private readonly InputReader _features;
    private readonly InputReader? _condition;

    private RowReader(ScoringHost host, DataViewRow source, RowPass pass, InputReader features, InputReader? condition)
        => (_host, _source, _pass, _features, _condition) = (host, source, pass, features, condition);

    /// <param name="context">Says what becomes of rows that are not finite.</param>
    /// <param name="columns">Says which to read.</param>
    /// <param name="source">Where they are active.</param>
    /// <param name="pass">That the source is part of.</param>
    /// <param name="needsScore">Whether the likelihood of rows is asked, so that they must lie within its support.</param>
    /// <param name="kept">The columns of the source whose values are kept, by index; <see langword="null"/>: none.</param>
    public static RowReader Of(
        ScoringContext context,
        BoundSchema columns,
        DataViewRow source,
        RowPass pass,
        bool needsScore,
        PassThroughColumn?[]? kept = null)
    {
        return new(
            context.Host,
            source,
            pass,
            Input(columns.Features, needsScore ? columns.Supports : []),
            columns.Condition is null ? null : Input(columns.Condition, []));

        InputReader Input(InputColumn input, IReadOnlyList<FeatureSupport> supports) =>
            new(
                input,
                kept?[input.Column.Index] is PassThroughColumn.KeptVectors<float> vectors
                    ? new KeptValues(vectors)
                    : ColumnValues.Of(source, input),
                context.NonFiniteInput,
                supports,
                ReferenceEquals(input, columns.Features) ? columns.Mask : null
            );
    }

    /// <summary>
    /// Copies the source's current row to row <paramref name="row"/> of the block; <paramref name="refusal"/> says why it is refused.
    /// </summary>
    public RowState Read(BlockScorer block, int row, out Func<string>? refusal) =>
        Read(block.Features(row), block.Condition(row), out refusal);

    /// <summary>Copies the source's current row; <paramref name="refusal"/> says why it is refused.</summary>
    public RowState Read(Span<float> featuresTo, Span<float> conditionTo, out Func<string>? refusal)
    {
        refusal = null;
        var state = Read(_features, featuresTo, ref refusal);
        if (_condition is null)
        {
            return state;
        }
        var other = Read(_condition, conditionTo, ref refusal);
        return state > other ? state : other;
    }

    private RowState Read(InputReader input, Span<float> to, ref Func<string>? refusal)
    {
        var state = input.Read(to, out var fault);
        if (state is RowState.Refused or RowState.ScoreIsRefused)
        {
            refusal ??= Refusal(fault!, _pass.NumberOf(_source));
        }
        else if (state != RowState.Scored && _pass.IsFirstWarning(input.Role, state))
        {
            _host.Warn(nameof(RowReader), fault!(_pass.NumberOf(_source)()), isOfData: true);
        }
        return state;
    }

    // A method of its own, as a closure in the one above would cost an object for each row.
    private static Func<string> Refusal(Func<long?, string> fault, Func<long?> number) => () => fault(number());
}
