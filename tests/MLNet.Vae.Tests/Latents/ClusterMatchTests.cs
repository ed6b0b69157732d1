namespace MLNet.Vae.Tests.Latents;

public sealed class ClusterMatchTests
{
    [Theory]
    [InlineData(new[] { 1, 1, 0, 0, 2 }, new[] { 0, 0, 1, 1, 2 }, 1)]
    [InlineData(new[] { 0, 0, 0, 0 }, new[] { 0, 1, 2, 2 }, 0.5)]
    // More clusters than classes: two of them are nobody's.
    [InlineData(new[] { 0, 1, 2, 3 }, new[] { 0, 0, 1, 1 }, 0.5)]
    // Greedy matching would give cluster 0 its 3 rows of class 0, and leave cluster 1 with 1 of class 1.
    [InlineData(new[] { 0, 0, 0, 0, 0, 1, 1, 1 }, new[] { 0, 0, 0, 1, 1, 0, 0, 0 }, 0.625)]
    public void Is_the_best_of_all_matchings(int[] clusters, int[] classes, double accuracy)
        => Assert.Equal(accuracy, ClusterMatch.Accuracy(clusters, classes), 1e-12);
}
