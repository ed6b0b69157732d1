namespace MLNet.Vae;

/// <summary>Rows cannot be scored: values are missing, of another type, or such as the model cannot have.</summary>
public sealed class VaeRowException : ArgumentException
{
    internal VaeRowException(IReadOnlyList<VaeRowFault> faults, bool isCutOff)
        : base(
            string.Join("; ", faults) + (isCutOff ? "; and more" : "") + ". Give the columns of training, in its types and units.")
        => (Faults, IsCutOff) = (faults, isCutOff);

    /// <summary>What is wrong, value by value, in the order of the rows; at least one.</summary>
    public IReadOnlyList<VaeRowFault> Faults { get; }

    /// <summary>Whether there may be more: the rows were not looked at beyond these.</summary>
    public bool IsCutOff { get; }
}
