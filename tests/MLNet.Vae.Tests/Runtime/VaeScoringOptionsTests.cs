namespace MLNet.Vae.Tests.Runtime;

public class VaeScoringOptionsTests
{
    [Fact]
    public void Defaults_are_these()
    {
        var options = new VaeScoringOptions();
        Assert.Equal(1024, options.BlockSize);
        Assert.Equal(NonFiniteHandling.Throw, options.NonFiniteInput);
        Assert.Null(options.Threads);
        Assert.Null(options.GpuDeviceId);
        Assert.Null(options.FallbackToCpu);
        Assert.Empty(options.Faults());
    }

    [Fact]
    public void Bounds_are_allowed_and_what_lies_beyond_is_not()
    {
        Assert.Empty(new VaeScoringOptions { BlockSize = 1, Threads = 1, GpuDeviceId = 0 }.Faults());
        Assert.Empty(new VaeScoringOptions { BlockSize = VaeScoringOptions.MaximumBlockSize }.Faults());
        Assert.Equal(
            ["VaeScoringOptions.BlockSize must be from 1 to 1048576, but is 1048577"],
            new VaeScoringOptions { BlockSize = VaeScoringOptions.MaximumBlockSize + 1 }.Faults());
    }
}
