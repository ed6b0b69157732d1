using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Interop;
using MLNet.Vae.Messages;
using MLNet.Vae.Runtime;

namespace MLNet.Vae.Cursors;

/// <summary>
/// The source's own cursor with the log-likelihood beside it, estimated when it is asked for: it is worth no reading ahead.
/// </summary>
internal sealed class LikelihoodCursor : PassThroughCursor
{
    private readonly ScoringContext _context;
    private readonly BoundSchema _columns;
    private readonly RowReader _reader;
    private readonly LikelihoodSampler _sampler;
    private readonly ValueGetter<DataViewRowId> _idGetter;
    // Log-likelihood and standard error, as the columns are added.
    private readonly float[] _estimates = new float[2];
    private bool _isEstimated;

    /// <summary>Takes over <paramref name="source"/>, whose needed columns are active.</summary>
    public LikelihoodCursor(
        ScoringContext context, ActiveColumns columns, DataViewRowCursor source, RowPass pass, LikelihoodSampling sampling)
        : base(columns, source)
    {
        _context = context;
        _columns = columns.Bound;
        _reader = RowReader.Of(context, columns.Bound, source, pass, needsScore: true);
        _idGetter = source.GetIdGetter();
        _sampler = context.LikelihoodSampler(sampling);
    }

    public override bool MoveNext()
    {
        _isEstimated = false;
        return base.MoveNext();
    }

    protected override Delegate Added(int index) => _columns.Added[index].Getter(() => Estimates().Slice(index, 1));

    protected override void Release()
    {
        _sampler.Dispose();
        base.Release();
    }

    private ReadOnlySpan<float> Estimates()
    {
        if (!HasRow)
        {
            throw _context.Host.Process(new InvalidOperationException(ScoringMessages.NoCurrentRow()));
        }
        if (!_isEstimated)
        {
            var state = _reader.Read(_sampler.Features, _sampler.Condition, out var refusal);
            if (refusal is not null)
            {
                throw _context.Host.Process(new InvalidOperationException(refusal()));
            }
            DataViewRowId id = default;
            _idGetter(ref id);
            (_estimates[0], _estimates[1]) = state.Erases(needsScore: true) ? (float.NaN, float.NaN) : _sampler.Estimate(RowIds.Of(id));
            _isEstimated = true;
        }
        return _estimates;
    }
}
