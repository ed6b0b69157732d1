namespace MLNet.Vae.Tests.Orleans.Jobs;

/// <summary>A cluster for tests that leave it as it is.</summary>
public sealed class TwoSilos : IAsyncLifetime
{
    public ScoringCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Cluster = await ScoringCluster.Of(2);

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
