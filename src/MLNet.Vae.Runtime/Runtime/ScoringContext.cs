using MLNet.Vae.Columns;
using MLNet.Vae.Graphs;
using MLNet.Vae.Interop;
using MLNet.Vae.Latents;
using MLNet.Vae.NativeLibraries;

namespace MLNet.Vae.Runtime;

/// <summary>What the views, cursors and mappers of one transformer share. Thread-safe.</summary>
/// <param name="host">Marks exceptions; its log and GPU settings count.</param>
/// <param name="model">The model.</param>
/// <param name="options">How rows are scored.</param>
/// <param name="owner">What users know it as.</param>
internal sealed class ScoringContext(ScoringHost host, VaeModel model, VaeScoringOptions options, Type owner) : IDisposable
{
    // Keeps a block of very wide rows within memory that a cursor may take: 64 MiB, as 32-bit floats.
    private const int MaximumBlockFloats = 1 << 24;

    private readonly ScoringSessions _sessions = new(host, model, options, owner);

    public ScoringHost Host => host;

    public NonFiniteHandling NonFiniteInput => options.NonFiniteInput;

    /// <exception cref="InvalidOperationException">The native ONNX Runtime library, first touched here, cannot be used.</exception>
    public BlockScorer Scorer(IEnumerable<ScorerOutput> wanted, int capacity)
        => OnnxRuntimeLibrary.Translate(host, () => new BlockScorer(_sessions, model.Info, wanted, capacity));

    /// <summary>Estimates ln p(x) of one row after the other.</summary>
    /// <exception cref="InvalidOperationException">The native ONNX Runtime library, first touched here, cannot be used.</exception>
    public LikelihoodSampler LikelihoodSampler(LikelihoodSampling sampling)
    {
        ICodeProposal proposal = sampling.Proposal == VaeProposal.Prior
            ? new PriorProposal(Prior!, sampling.Seed)
            : new PosteriorProposal(sampling.Seed);
        return OnnxRuntimeLibrary.Translate(host, () => new LikelihoodSampler(_sessions, model.Info, sampling.Samples, proposal));
    }

    /// <summary>The prior of the model, to draw from; <see langword="null"/>: it has none.</summary>
    public LatentPrior? Prior
    {
        get
        {
            var runs = new ModelRuns(this, model.Info);
            return model.Info.Latent.Prior(model.Info, new(model.CodebookEntries, runs.Prior, model.CodePriorEntries, runs.CodePrior));
        }
    }

    /// <summary>Runs a graph over rows in memory.</summary>
    public GraphRun Graph(string graph) => new(host, _sessions, graph, rowFloats => BlockSize(rowFloats, null));

    /// <summary>Runs a graph over one row after the other, each by itself.</summary>
    /// <param name="graph">Its name.</param>
    /// <param name="input">Name and width of what it reads beside the condition.</param>
    /// <param name="outputs">Name and width of what is wanted.</param>
    /// <exception cref="InvalidOperationException">The native ONNX Runtime library, first touched here, cannot be used.</exception>
    public RowRun Row(string graph, (string Tensor, int Width) input, params (string Tensor, int Width)[] outputs)
        => OnnxRuntimeLibrary.Translate(host, () => new RowRun(_sessions, graph, input, model.Info.ConditionCount, outputs));

    /// <summary>Rows of a block, for a source of <paramref name="rowCount"/> rows where that is known.</summary>
    public int BlockSize(IEnumerable<ScorerOutput> wanted, long? rowCount)
    {
        var columns = model.Info.FeatureCount + model.Info.ConditionCount + wanted.Sum(column => (long)column.Width);
        return BlockSize((columns * Samples) + Compared, rowCount);
    }

    /// <summary>How often the decoder runs for a row.</summary>
    private long Samples => model.Info.ScoreKind == VaeScoreKind.NegativeLogLikelihood ? SampledScore.Samples : 1;

    /// <summary>Values of a row that are in memory while it is compared with others.</summary>
    private long Compared => model.Info.ScoreKind == VaeScoreKind.NeighborDistance ? NeighborScore.MostValues(model.Info.FeatureCount) : 0;

    private int BlockSize(long rowFloats, long? rowCount)
    {
        var fitting = Math.Max(1, MaximumBlockFloats / rowFloats);
        return (int)Math.Min(options.BlockSize, Math.Min(fitting, Math.Max(1, rowCount ?? long.MaxValue)));
    }

    public void Dispose() => _sessions.Dispose();
}
