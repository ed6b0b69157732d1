namespace MLNet.Vae.Cells;

/// <summary>Of what kind the values of a column are.</summary>
internal enum ColumnValue
{
    Text,
    Number,
    Boolean,
    Time,
    Vector,
}
