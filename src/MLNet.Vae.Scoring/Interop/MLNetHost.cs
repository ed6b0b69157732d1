using Microsoft.ML.Runtime;

namespace MLNet.Vae.Interop;

/// <summary>An environment of ML.NET, whose log and GPU settings count.</summary>
internal sealed class MLNetHost(IHostEnvironment environment) : ScoringHost
{
    public IHostEnvironment Environment => environment;

    public override int? GpuDeviceId => MLNetInternals.GpuDeviceId(environment);

    public override bool FallbackToCpu => MLNetInternals.FallbackToCpu(environment);

    public override void Warn(string source, string message, bool isOfData)
    {
        using var channel = environment.Start(source);
        channel.Warning(isOfData ? MessageSensitivity.UserData : MessageSensitivity.None, message);
    }

    protected override void Mark(Exception exception) => environment.Process(exception);
}
