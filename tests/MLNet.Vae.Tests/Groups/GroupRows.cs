namespace MLNet.Vae.Tests.Groups;

/// <summary>Rows of two factors, and each rank's share of rows.</summary>
internal static class GroupRows
{
    public const int Width = 5;

    public static float[][] Of(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var (a, b) = (random.NextSingle(), random.NextSingle());
            return new[] { a, b, a + b, a - b, (2 * a) + (0.1f * random.NextSingle()) };
        })];
    }

    /// <summary>Dealt in turn.</summary>
    public static T[] Part<T>(T[] rows, IVaeTrainingGroup group) => [.. rows.Where((_, i) => i % group.Size == group.Rank)];

    public static VaeModelInfo Read(byte[] model)
    {
        using var stream = new MemoryStream(model);
        return VaeModel.Load(stream).Info;
    }
}
