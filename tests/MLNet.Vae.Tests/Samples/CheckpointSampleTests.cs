using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Samples;

/// <summary>Alone: a signal is the whole process's.</summary>
[Collection(AloneInProcess.Name)]
public sealed class CheckpointSampleTests
{
    [Fact]
    public void A_fit_is_kept_and_a_process_that_is_told_to_end_has_its_model()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Signals are Unix's.");
        var run = SampleProgram.Run("checkpoints.cs");
        Assert.Equal(2, run.Lines.Count);
        Assert.Matches(@"^model\.zip has \d+ epochs; kept: run-1\.safetensors$", run.Lines[0]);
        Assert.Equal("Cancelled; kept: run-1.safetensors", run.Lines[1]);
    }
}
