namespace MLNet.Vae.Reporting;

/// <summary>Trees trained on synthetic rows and on real ones, tested on held-out rows.</summary>
internal static class Utility
{
    public static VaeTableUtility? Of(Tables tables, int label, int seed)
    {
        var column = tables.Columns[label];
        TableRow[] Labelled(TableValues table) =>
            [.. TableRow.Of(table, 0, table.Rows).Where(row => !double.IsNaN(table.Values[label][row.Row]))];
        TableRow[] real = Labelled(tables.Real), heldOut = Labelled(tables.HeldOut), synthetic = Labelled(tables.Synthetic);
        double ClassOf(TableRow row) => row.Table.Values[label][row.Row];
        foreach (var (rows, view) in new[]
        {
            (real, TableColumns.Real),
            (heldOut, TableColumns.HeldOut),
            (synthetic, TableColumns.Synthetic),
        })
        {
            if (rows.Length == 0)
                throw new InvalidOperationException(TableMessages.NoClass(column.Name, view));
            if (rows.Select(ClassOf).Distinct().Count() == 1)
                throw new InvalidOperationException(TableMessages.OneClass(column.Name, view, column.NameOf(ClassOf(rows[0]))));
        }

        // The rarest first, which of two is the one that is scored.
        var counts = real.CountBy(ClassOf).ToDictionary();
        double[] classes =
        [
            .. counts.Keys.Union(heldOut.Select(ClassOf))
                .OrderBy(key => counts.GetValueOrDefault(key))
                .ThenBy(column.NameOf, StringComparer.Ordinal),
        ];
        if (classes.Length > VaeTableReportOptions.MaximumClasses)
            throw new InvalidOperationException(TableMessages.TooManyClasses(column.Name, classes.Length));
        var trained = Math.Min(real.Length, synthetic.Length);
        if (Math.Min(trained, heldOut.Length) < VaeTableDetection.MinimumRows)
            return null;
        VaeTableClassification Trained(TableRow[] rows) => Tested(tables.Columns, label, rows[..trained], heldOut, classes, seed);
        return new()
        {
            LabelColumnName = column.Name,
            Classes = [.. classes.Select(column.NameOf)],
            ScoredClass = classes.Length == 2 ? column.NameOf(classes[0]) : null,
            TrainingRows = trained,
            TestRows = heldOut.Length,
            Real = Trained(real),
            Synthetic = Trained(synthetic),
        };
    }

    private static VaeTableClassification Tested(
        IReadOnlyList<TableColumn> columns,
        int label,
        TableRow[] training,
        TableRow[] tested,
        double[] classes,
        int seed
    )
    {
        double ClassOf(TableRow row) => row.Table.Values[label][row.Row];
        var features = new TreeFeatures(columns, label, training);
        // Of two classes the probability of the one is that of the other.
        var isBinary = classes.Length == 2;
        float[][] probabilities =
        [
            .. classes.Take(isBinary ? 1 : classes.Length)
                .Select(@class => new BoostedTrees(features, training, row => ClassOf(row) == @class, seed).Of(tested)),
        ];
        if (isBinary)
            probabilities = [probabilities[0], Array.ConvertAll(probabilities[0], probability => 1 - probability)];
        int[] predicted =
        [
            .. tested.Select((_, row) => Enumerable.Range(0, classes.Length).MaxBy(@class => probabilities[@class][row])),
        ];
        var truth = Array.ConvertAll(tested, row => Array.IndexOf(classes, ClassOf(row)));
        var scored = Enumerable.Range(0, probabilities.Length).Take(isBinary ? 1 : classes.Length).ToList();
        return new()
        {
            F1 = scored.Average(@class => F1(predicted, truth, @class)),
            // A class that no held-out row has, has no area.
            Area = scored.Select(@class => RocArea.Of(probabilities[@class], Array.ConvertAll(truth, found => found == @class)).Area)
                .Where(area => !double.IsNaN(area))
                .Average(),
            Accuracy = predicted.Zip(truth).Count(pair => pair.First == pair.Second) / (double)truth.Length,
        };
    }

    /// <summary>2 · found / (predicted + true), 0 where there are none of either.</summary>
    private static double F1(int[] predicted, int[] truth, int @class)
    {
        var found = predicted.Zip(truth).Count(pair => pair.First == @class && pair.Second == @class);
        var marked = predicted.Count(place => place == @class) + truth.Count(place => place == @class);
        return marked == 0 ? 0 : 2.0 * found / marked;
    }
}
