using Microsoft.ML;

namespace MLNet.Vae.Reporting;

/// <summary>How near rows lie to those of training.</summary>
internal static class Privacy
{
    private const double NearProbability = 0.05;

    public static VaeTablePrivacy Of(Tables tables, IDataView real)
    {
        var gower = new GowerDistance(tables.Columns, tables.Real);
        double[] synthetic = Closest(gower, tables.Synthetic), heldOut = Closest(gower, tables.HeldOut);
        var near = Quantiles.At(heldOut, NearProbability);
        int nearSynthetic = synthetic.Count(distance => distance < near), nearHeldOut = heldOut.Count(distance => distance < near);

        var copies = new Copies(tables.Columns, real, tables.Synthetic, tables.HeldOut);
        var ofSynthetic = copies.Of(tables.Synthetic).ToList();
        var ofHeldOut = copies.Of(tables.HeldOut).Select(copy => copy.Key).ToList();
        var byChance = ofHeldOut.ToHashSet();
        var (share, heldOutShare) = (ofSynthetic.Count / (double)tables.Synthetic.Rows, ofHeldOut.Count / (double)tables.HeldOut.Rows);
        return new()
        {
            SyntheticRows = synthetic.Length,
            HeldOutRows = heldOut.Length,
            RealRows = tables.Real.Rows,
            SyntheticDistances = Quantiles.Of(synthetic),
            HeldOutDistances = Quantiles.Of(heldOut),
            NearDistance = near,
            SyntheticNearShare = nearSynthetic / (double)synthetic.Length,
            HeldOutNearShare = nearHeldOut / (double)heldOut.Length,
            NearShareDeviations = Deviations(nearSynthetic, synthetic.Length, nearHeldOut, heldOut.Length),
            SyntheticCopies = ofSynthetic.Count,
            HeldOutCopies = ofHeldOut.Count,
            SyntheticCopyShare = share,
            HeldOutCopyShare = heldOutShare,
            CopyShareDeviations = Deviations(ofSynthetic.Count, tables.Synthetic.Rows, ofHeldOut.Count, tables.HeldOut.Rows),
            Copies = share <= heldOutShare
                ? []
                :
                [
                    .. ofSynthetic.OrderBy(copy => byChance.Contains(copy.Key))
                        .ThenBy(copy => copy.RealRows)
                        .Take(VaeTablePrivacy.MaximumCopies)
                        .Select(copy => new VaeTableCopy
                        {
                            SyntheticRow = tables.Synthetic.Selection.Numbers[copy.Row],
                            RealRow = copy.First,
                            RealRows = copy.RealRows,
                        }),
                ],
        };
    }

    /// <summary>Sorted distances of a sample.</summary>
    private static double[] Closest(GowerDistance gower, TableValues table)
    {
        var rows = table.Order.Take(VaeTableReportOptions.MaximumDistanceRows).Select(row =>
        {
            var values = new double[table.Values.Length];
            table.Read(row, values);
            return values;
        });
        var distances = gower.Closest([.. rows]);
        Array.Sort(distances);
        return distances;
    }

    /// <summary>
    /// The difference of two shares over its standard error, of the shares pooled: the statistic of the two-sample test of proportions.
    /// </summary>
    public static double Deviations(int first, int firstRows, int second, int secondRows)
    {
        var pooled = (first + second) / ((double)firstRows + secondRows);
        var error = Math.Sqrt(pooled * (1 - pooled) * ((1.0 / firstRows) + (1.0 / secondRows)));
        return error > 0 ? ((first / (double)firstRows) - (second / (double)secondRows)) / error : 0;
    }
}
