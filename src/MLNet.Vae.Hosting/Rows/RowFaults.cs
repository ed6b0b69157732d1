namespace MLNet.Vae.Rows;

/// <summary>What is wrong with the rows of a call, up to what somebody would read.</summary>
/// <param name="isBatch">Whether rows have numbers.</param>
internal sealed class RowFaults(bool isBatch)
{
    private const int Most = 20;

    private readonly List<VaeRowFault> _faults = [];

    /// <summary>The row that is read.</summary>
    public int Row { get; set; }

    public bool IsFull => _faults.Count == Most;

    public int Count => _faults.Count;

    public void Add(string? column, int? slot, string? slotName, string expected, string found)
    {
        if (!IsFull)
        {
            _faults.Add(new()
            {
                Row = isBatch ? Row : null,
                Column = column,
                Slot = slot,
                SlotName = string.IsNullOrEmpty(slotName) ? null : slotName,
                Expected = expected,
                Found = found,
            });
        }
    }

    /// <exception cref="VaeRowException">There are some.</exception>
    public void Throw()
    {
        if (_faults.Count > 0)
            throw new VaeRowException(_faults, IsFull);
    }
}
