namespace MLNet.Vae.Measures;

/// <summary>
/// The β-VAE score (Higgins et al. 2017, section 3): a factor is drawn, then pairs of rows that have it in common; from mean |z₁ − z₂| of
/// each dimension over the pairs a linear classifier tells which factor it was.
/// </summary>
internal static class PairClassification
{
    private const int PairsPerDraw = 64, LearnedDraws = 2_000, JudgedDraws = 1_000;

    public static double Accuracy(CodeColumns codes, FactorColumn[] factors, int seed)
    {
        var random = new UniformStream(seed);
        var pools = factors.Select(factor => new PairPool(factor.Bins)).ToArray();
        const int draws = LearnedDraws + JudgedDraws;
        var (differences, factorOf) = (codes.Values.Select(_ => new double[draws]).ToArray(), new int[draws]);
        for (var draw = 0; draw < draws; draw++)
        {
            factorOf[draw] = random.Below(factors.Length);
            for (var pair = 0; pair < PairsPerDraw; pair++)
            {
                var (one, other) = pools[factorOf[draw]].Draw(random);
                for (var j = 0; j < codes.Dimensions; j++)
                    differences[j][draw] += Math.Abs(codes.Values[j][one] - codes.Values[j][other]) / PairsPerDraw;
            }
        }

        // A linear classifier undoes any scale of its inputs; its solver likes them of one size.
        var order = Enumerable.Range(0, draws).ToArray();
        var (learned, judged) = (order[..LearnedDraws], order[LearnedDraws..]);
        var inputs = Array.ConvertAll(differences, column => StandardisedColumn.Of(column, learned));
        var classifier = new SoftmaxRegression(inputs, factorOf, factors.Length, learned);
        classifier.Minimise(penalty: 0);
        return classifier.Accuracy(judged);
    }

    /// <summary>Rows by bin, those with no other row in their bin left out.</summary>
    private sealed class PairPool
    {
        private readonly int[][] _rowsOfBin;
        private readonly (int Row, int Bin)[] _rows;

        public PairPool(Binning bins)
        {
            var rows = bins.Of.Select((bin, row) => (Row: row, Bin: bin)).ToLookup(entry => entry.Bin, entry => entry.Row);
            _rowsOfBin = [.. rows.Where(bin => bin.Count() > 1).Select(bin => bin.ToArray())];
            _rows = [.. _rowsOfBin.SelectMany((members, bin) => members.Select((_, i) => (i, bin)))];
        }

        public (int One, int Other) Draw(UniformStream random)
        {
            var (i, bin) = _rows[random.Below(_rows.Length)];
            var members = _rowsOfBin[bin];
            var j = random.Below(members.Length - 1);
            return (members[i], members[j < i ? j : j + 1]);
        }
    }
}
