namespace MLNet.Vae.Tests.Estimators;

/// <summary>Equality of models to the last bit, their history aside: two runs never take the same time.</summary>
internal static class WeightsAssert
{
    public static void Same(VaeModel expected, VaeModel actual)
    {
        foreach (var graph in Enum.GetValues<VaeGraph>())
        {
            Assert.True(AreSame(expected, actual, graph), $"the weights of the {graph} differ");
        }
    }

    public static void Differ(VaeModel one, VaeModel other)
    {
        foreach (var graph in Enum.GetValues<VaeGraph>())
        {
            Assert.False(AreSame(one, other, graph), $"the weights of the {graph} are the same");
        }
    }

    private static bool AreSame(VaeModel one, VaeModel other, VaeGraph graph)
        => one.With(other.Info).ToOnnx(graph).AsSpan().SequenceEqual(other.ToOnnx(graph));
}
