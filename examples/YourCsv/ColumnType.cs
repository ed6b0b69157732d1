namespace YourCsv;

/// <summary>What a column was taken for.</summary>
internal enum ColumnType
{
    Number,
    Boolean,
    Category,
    IgnoredConstant,
    IgnoredId,
    IgnoredText,
}
