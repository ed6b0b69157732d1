using Microsoft.Extensions.Options;
using MLNet.Vae.Messages;

namespace MLNet.Vae;

/// <summary>Checks options all at once.</summary>
internal sealed class HostingOptionsCheck : IValidateOptions<VaeHostingOptions>
{
    public ValidateOptionsResult Validate(string? name, VaeHostingOptions options)
    {
        string[] faults = [.. options.Faults()];
        return faults.Length == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(ScoringMessages.Faults("The model cannot be served like this", faults));
    }
}
