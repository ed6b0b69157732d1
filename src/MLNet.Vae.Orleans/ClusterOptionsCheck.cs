using Microsoft.Extensions.Options;
using MLNet.Vae.Messages;

namespace MLNet.Vae;

/// <summary>Checks options all at once.</summary>
internal sealed class ClusterOptionsCheck : IValidateOptions<VaeClusterOptions>
{
    public ValidateOptionsResult Validate(string? name, VaeClusterOptions options)
    {
        string[] faults = [.. options.Faults()];
        return faults.Length == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(ScoringMessages.Faults("The silo cannot score like this", faults));
    }
}
