using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Cells;
using MLNet.Vae.Interop;
using MLNet.Vae.Noise;
using MLNet.Vae.Runtime;
using MLNet.Vae.Tables;

namespace MLNet.Vae.Generation;

/// <summary>
/// Draws what is missing in the current row given what is there: z from the posterior of what is there, weighted by p(z) / q(z | x) and by
/// the probability of what is there, and one of the candidates chosen by its weight (Mattei and Frellsen 2019, eq. 13). One per cursor.
/// </summary>
internal sealed class DrawnCells
{
    private const int Candidates = 16;

    private readonly AncestralSampler _sampler;
    private readonly RowCodes _codes;
    private readonly DataViewRow _row;
    private readonly RowFeatures _features, _mean, _logSigma;
    private readonly ValueGetter<DataViewRowId> _id;
    private readonly int _seed;
    private readonly bool _givenLatent;
    private CodedRow? _drawn;
    private long _position = long.MinValue;

    /// <param name="runs">Run what draws.</param>
    /// <param name="codes">How fields are numbered.</param>
    /// <param name="row">The row to be filled.</param>
    /// <param name="mean">The column of posterior means.</param>
    /// <param name="logSigma">The column of their standard deviations.</param>
    /// <param name="seed">With the row's id it determines what is drawn.</param>
    /// <param name="givenLatent">Whether z says anything of the fields: otherwise it has no weight either.</param>
    public DrawnCells(
        ModelRuns runs, RowCodes codes, DataViewRow row, string mean, string logSigma, int seed, bool givenLatent)
    {
        (_codes, _row, _seed, _givenLatent, _sampler) = (codes, row, seed, givenLatent, new(runs, codes));
        (_features, _mean, _logSigma) = (new(row, TableNames.Features), new(row, mean), new(row, logSigma));
        _id = row.GetIdGetter();
    }

    public CodedRow Row()
    {
        if (_drawn is null || _row.Position != _position)
        {
            var features = _features.Values();
            int[] given = [.. Enumerable.Range(0, _codes.Fields).Select(field => _codes.Of(field, features.Span))];
            DataViewRowId id = default;
            _id(ref id);
            var noise = GenerationNoise.Of(_seed, RowIds.Of(id), 0);
            _drawn = _sampler.Draw([given], noise, candidates => Latents(candidates, noise), Candidates)[0];
            _position = _row.Position;
        }
        return _drawn;
    }

    private (float[][] Z, double[] LogWeights) Latents(int candidates, GenerationNoise noise)
    {
        var (mean, logSigma) = (_mean.Values(), _logSigma.Values());
        var (z, weights) = (noise.Latent(candidates, mean.Length), new double[candidates]);
        for (var i = 0; i < candidates; i++)
        {
            for (var j = 0; j < mean.Length; j++)
            {
                var noiseOf = z[i][j];
                z[i][j] = (float)(mean.Span[j] + (Math.Exp(logSigma.Span[j]) * noiseOf));
                // ln N(z; 0, 1) − ln N(z; mean, σ²).
                if (_givenLatent)
                    weights[i] += ((noiseOf * noiseOf) - (z[i][j] * z[i][j])) / 2 + logSigma.Span[j];
            }
        }
        return (z, weights);
    }
}
