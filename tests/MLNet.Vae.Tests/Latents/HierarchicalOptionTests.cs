using Microsoft.ML;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Tests.Latents;

/// <summary>Defaults of the hierarchical latent variable, and what it refuses in which words.</summary>
public sealed class HierarchicalOptionTests
{
    public static TheoryData<HierarchicalLatent, string> Refused { get; } = new()
    {
        { VaeLatent.Hierarchical(1, 1, 1, 1, 1, 1, 1, 1, 1), "Dimensions.Length must be from 1 to 8, but is 9" },
        { new HierarchicalLatent { Dimensions = [] }, "Dimensions.Length must be from 1 to 8, but is 0" },
        { new HierarchicalLatent { Dimensions = default }, "Dimensions.Length must be from 1 to 8, but is 0" },
        { VaeLatent.Hierarchical(4, 0), "Dimensions must be from 1 to 4096, but is 0" },
        { VaeLatent.Hierarchical(4_097), "Dimensions must be from 1 to 4096, but is 4097" },
        { VaeLatent.Hierarchical(4_000, 97), "the sum of Dimensions must be at most 4096, but is 4097" },
        { VaeLatent.Hierarchical(4, 2) with { HiddenSize = 0 }, "HiddenSize must be from 1 to 65536, but is 0" },
        { VaeLatent.Hierarchical(4, 2) with { HiddenSize = 65_537 }, "HiddenSize must be from 1 to 65536, but is 65537" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_does_not_fit_is_refused(HierarchicalLatent latent, string fault)
        => Assert.Equal($"1 option is wrong: {fault}.", Message(latent));

    [Fact]
    public void All_faults_are_named_at_once()
        => Assert.Equal(
            "4 options are wrong: Dimensions.Length must be from 1 to 8, but is 9; Dimensions must be from 1 to 4096, but is -1; "
                + "Dimensions must be from 1 to 4096, but is 5000; HiddenSize must be from 1 to 65536, but is -2.",
            Message(VaeLatent.Hierarchical(-1, 5_000, 1, 1, 1, 1, 1, 1, 1) with { HiddenSize = -2 }));

    [Fact]
    public void The_limits_themselves_are_allowed()
    {
        foreach (
            var latent in new[]
            {
                VaeLatent.Hierarchical(1),
                VaeLatent.Hierarchical(4_096),
                VaeLatent.Hierarchical(4_089, 1, 1, 1, 1, 1, 1, 1),
            }
        )
        {
            Assert.NotNull(new MLContext().Transforms.VaeEmbed(new VaeOptions { Latent = latent with { HiddenSize = 1 } }));
        }
    }

    [Fact]
    public void The_defaults_are_two_levels()
    {
        var latent = VaeLatent.Hierarchical();
        Assert.Equal([8, 4], latent.Dimensions.ToArray());
        Assert.Equal(64, latent.HiddenSize);
    }

    [Fact]
    public void Equal_values_are_equal()
    {
        Assert.Equal(VaeLatent.Hierarchical(3, 2), VaeLatent.Hierarchical(3, 2));
        Assert.Equal(VaeLatent.Hierarchical(3, 2).GetHashCode(), VaeLatent.Hierarchical(3, 2).GetHashCode());
        Assert.NotEqual(VaeLatent.Hierarchical(3, 2), VaeLatent.Hierarchical(2, 3));
        Assert.NotEqual(VaeLatent.Hierarchical(3, 2), VaeLatent.Hierarchical(3, 2) with { HiddenSize = 3 });
    }

    private static string Message(HierarchicalLatent latent)
        => Assert.Throws<ArgumentException>(() => new MLContext().Transforms.VaeEmbed(new VaeOptions { Latent = latent })).Message;
}
