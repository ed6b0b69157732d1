namespace MLNet.Vae;

/// <summary>One linear layer each way; see <see cref="VaeArchitecture.Linear"/>.</summary>
public sealed record LinearArchitecture : VaeArchitecture
{
    internal override string Describe() => "linear";
}
