namespace MLNet.Vae.Tests.Kit;

/// <summary>Tests that measure the process and so run with no other beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneInProcess
{
    public const string Name = "alone";
}
