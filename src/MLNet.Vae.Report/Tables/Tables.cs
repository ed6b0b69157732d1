namespace MLNet.Vae.Reporting;

/// <summary>The three tables that are compared.</summary>
/// <param name="Columns">What their values stand for.</param>
/// <param name="Real">Rows that the model was trained on.</param>
/// <param name="HeldOut">Real rows that it was not trained on.</param>
/// <param name="Synthetic">Rows that it made.</param>
internal sealed record Tables(IReadOnlyList<TableColumn> Columns, TableValues Real, TableValues HeldOut, TableValues Synthetic)
{
    /// <summary>So many rows each of them has, so that a comparison of any two is of as many.</summary>
    public int SharedRows => Math.Min(Real.Rows, Math.Min(HeldOut.Rows, Synthetic.Rows));
}
