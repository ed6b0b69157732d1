using MLNet.Vae.Noise;
using MLNet.Vae.Runtime;
using MLNet.Vae.Tables;

namespace MLNet.Vae.Generation;

/// <summary>
/// Draws rows of a table, field by field in the order of the columns: x_j ~ p(x_j | z, x_1 … x_(j−1)). Fields that are given stay, and the
/// row is chosen among several by the probability of what was given (sampling importance resampling: Rubin 1988). Thread-safe.
/// </summary>
internal sealed class AncestralSampler(ModelRuns runs, RowCodes codes)
{
    /// <summary>Rows among which one is chosen, where fields are given.</summary>
    public const int Candidates = 16;

    /// <summary>Candidates of a run, about.</summary>
    public const int BlockRows = 1_024;

    /// <param name="rows">Rows that are asked for: of each field its number, or −1 where it is to be drawn.</param>
    /// <param name="noise">Their random numbers.</param>
    /// <param name="latents">
    /// Gives z of candidates for the rows, one row after the other, and ln of their weights, from how many each row has.
    /// </param>
    /// <param name="perRow">Candidates of each.</param>
    /// <returns>For each row the numbers of the fields, and for each field a rank within its bin.</returns>
    public IReadOnlyList<CodedRow> Draw(
        IReadOnlyList<int[]> rows, GenerationNoise noise, Func<int, (float[][] Z, double[] LogWeights)> latents, int perRow)
    {
        var drawn = rows.Count * perRow;
        var (z, weight) = latents(perRow);
        var known = new float[drawn][];
        var (numbers, uniform) = (new int[drawn][], new double[drawn][]);
        for (var i = 0; i < drawn; i++)
        {
            known[i] = new float[codes.InputCount];
            numbers[i] = new int[codes.Fields];
            // One for each field, one for each rank, and one for the choice.
            noise.Choice(i, uniform[i] = new double[(2 * codes.Fields) + 1]);
        }
        for (var field = 0; field < codes.Fields; field++)
        {
            var logits = runs.RowLogits(z, known, codes.LogitCount);
            for (var i = 0; i < drawn; i++)
            {
                var own = logits[i].AsSpan(codes.Starts[field], codes.Codes[field]);
                if (rows[i / perRow][field] is >= 0 and var given)
                {
                    numbers[i][field] = given;
                    weight[i] += LogSoftmax(own, given);
                }
                else
                {
                    // What stands for everything that training had not by name cannot be written down.
                    var named = codes.Map(field).Field.Categories is null ? own : own[..^1];
                    numbers[i][field] = Choose<float>(named, uniform[i][field]);
                }
                codes.Write(field, numbers[i][field], known[i]);
            }
        }
        return
        [
            .. Enumerable.Range(0, rows.Count).Select(row =>
            {
                var chosen = (row * perRow) + Choose<double>(weight.AsSpan(row * perRow, perRow), uniform[row * perRow][^1]);
                return new CodedRow(numbers[chosen], uniform[chosen][codes.Fields..(2 * codes.Fields)]);
            }),
        ];
    }

    private static double LogSoftmax(ReadOnlySpan<float> logits, int place)
    {
        var (most, sum) = (Most<float>(logits), 0.0);
        foreach (var logit in logits)
            sum += Math.Exp(logit - most);
        return logits[place] - most - Math.Log(sum);
    }

    /// <summary>The place that a uniform number chooses, with probabilities in proportion to exp of the values.</summary>
    private static int Choose<T>(ReadOnlySpan<T> values, double uniform) where T : System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var (most, sum) = (Most(values), 0.0);
        foreach (var value in values)
            sum += Math.Exp(double.CreateTruncating(value) - most);
        var left = uniform * sum;
        for (var place = 0; place < values.Length - 1; place++)
        {
            left -= Math.Exp(double.CreateTruncating(values[place]) - most);
            if (left < 0)
                return place;
        }
        return values.Length - 1;
    }

    private static double Most<T>(ReadOnlySpan<T> values) where T : System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var most = double.NegativeInfinity;
        foreach (var value in values)
            most = Math.Max(most, double.CreateTruncating(value));
        return most;
    }
}
