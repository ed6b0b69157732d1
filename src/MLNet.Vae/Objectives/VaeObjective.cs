using MLNet.Vae.Objectives;

namespace MLNet.Vae;

/// <summary>
/// What training maximises: E ln p(x | z) − β · KL(q(z | x) ‖ p(z)), nats per row, summed over features and latents, and its variants.
/// </summary>
public sealed record VaeObjective
{
    /// <summary>Largest β allowed.</summary>
    internal const double MaximumBeta = 1e6;

    /// <summary>Most samples per row allowed.</summary>
    internal const int MaximumSamples = 10_000;

    /// <summary>Longest warm-up or capacity schedule allowed.</summary>
    internal const int MaximumScheduleEpochs = 1_000_000;

    private const double DefaultBeta = 1;

    /// <summary>
    /// Weight of the KL term, 0 to 1,000,000 (Higgins et al. 2017). 1 is the evidence lower bound; more gives fewer active units and
    /// coarser reconstructions.
    /// </summary>
    /// <value>Default: 1.</value>
    public double Beta { get; init; } = DefaultBeta;

    /// <summary>
    /// β relative to the sizes of the model, in place of <see cref="Beta"/>: β = this · values reconstructed / latent dimensions (Higgins
    /// et al. 2017, β_norm = β·M/N), so that one value means the same for tables and images; 0 to 1,000,000. <see langword="null"/>:
    /// <see cref="Beta"/> as it stands.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public double? NormalizedBeta { get; init; }

    /// <summary>
    /// δ, nats per row, above 0: β becomes the multiplier of the constraint KL = δ and is learned (Higgins et al. 2017, eq. 2; updated as
    /// in Rezende and Viola 2018).
    /// It is in place of every other setting of β. <see cref="VaeEpoch.Beta"/> says where it has got to. <see langword="null"/>: no
    /// constraint.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public double? KlTarget { get; init; }

    /// <summary>
    /// Epochs over which β rises linearly from 0, 0 to 1,000,000 (Bowman et al. 2016): against a posterior that collapses early. Early
    /// stopping, and the search for the best epoch, begin after them.
    /// </summary>
    /// <value>Default: 0.</value>
    public int WarmUpEpochs { get; init; }

    /// <summary>
    /// λ, nats, from 0: the KL of a latent dimension, mean over a batch, costs no less than this, so that there is no gain in giving it up
    /// (Kingma et al. 2016, eq. 15).
    /// </summary>
    /// <value>Default: 0.</value>
    public double FreeBits { get; init; }

    /// <summary>
    /// The KL is led along a rising target instead of weighted by β; <see langword="null"/>: it is not. Early stopping, and the search for
    /// the best epoch, begin where it ends.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public VaeCapacity? Capacity { get; init; }

    /// <summary>
    /// K, samples of z per row and step, 1 to 10,000: the variance of the gradient that comes from sampling falls as 1/K, the time of a
    /// step rises with K.
    /// </summary>
    /// <value>Default: 1.</value>
    public int Samples { get; init; } = 1;

    /// <summary>
    /// Whether the K samples are averaged inside the logarithm: ln 1/K Σ p(x, z) / q(z | x), a tighter bound (Burda, Grosse and
    /// Salakhutdinov 2016). β is then 1 throughout.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool ImportanceWeighted { get; init; }

    /// <summary>Epochs before the loss has its final form.</summary>
    internal int ScheduleEpochs => Math.Max(WarmUpEpochs, Capacity?.Epochs ?? 0);

    /// <summary>What the KL term costs.</summary>
    /// <param name="values">Values reconstructed.</param>
    internal KlCost KlCost(int values)
        => KlTarget is { } target ? new ConstrainedKl(target)
            : Capacity is { } capacity ? new KlCapacity(capacity)
            : new WeightedKl(this, values);

    /// <summary>The same, where a row bears a share of the KL of its code alone.</summary>
    internal VaeObjective Shared(double share) => this with { Beta = Beta * share, NormalizedBeta = NormalizedBeta * share };

    private IEnumerable<string> KlSettings => new (string Name, bool IsSet)[]
    {
        (nameof(Beta), Beta != DefaultBeta), (nameof(NormalizedBeta), NormalizedBeta is not null), (nameof(KlTarget), KlTarget is not null),
        (nameof(WarmUpEpochs), WarmUpEpochs != 0), (nameof(FreeBits), FreeBits != 0), (nameof(Capacity), Capacity is not null),
    }.Where(s => s.IsSet).Select(s => s.Name);

    internal IEnumerable<string> Faults()
    {
        if (!(Beta is >= 0 and <= MaximumBeta))
            yield return OptionFaults.Range(nameof(Beta), Beta, 0, MaximumBeta);
        if (NormalizedBeta is { } normalized && !(normalized is >= 0 and <= MaximumBeta))
            yield return OptionFaults.Range(nameof(NormalizedBeta), normalized, 0, MaximumBeta);
        if (KlTarget is { } target && !(target > 0 && double.IsFinite(target)))
            yield return OptionFaults.Expected(nameof(KlTarget), target, "above 0 and finite");
        if (WarmUpEpochs is < 0 or > MaximumScheduleEpochs)
            yield return OptionFaults.Range(nameof(WarmUpEpochs), WarmUpEpochs, 0, MaximumScheduleEpochs);
        if (!(FreeBits >= 0 && double.IsFinite(FreeBits)))
            yield return OptionFaults.Expected(nameof(FreeBits), FreeBits, "at least 0 and finite");
        if (Samples is < 1 or > MaximumSamples)
            yield return OptionFaults.Range(nameof(Samples), Samples, 1, MaximumSamples);
        foreach (var fault in (Capacity?.Faults() ?? []).Concat(Conflicts()))
            yield return fault;
    }

    /// <summary>What has no effect on a latent variable without a KL term.</summary>
    internal IEnumerable<string> FaultsWithoutKl(VaeLatentKind latent)
    {
        foreach (var setting in KlSettings)
            yield return $"{setting} is set, but a {latent} latent has no KL term to weigh";
        if (Samples > 1)
            yield return $"{nameof(Samples)} must be 1, but is {Samples}: a {latent} latent is not sampled";
        if (ImportanceWeighted)
            yield return $"{nameof(ImportanceWeighted)} is set, but a {latent} latent is not sampled";
    }

    /// <summary>Pairs of which each says what the KL term costs.</summary>
    private IEnumerable<string> Conflicts()
    {
        var settings = KlSettings.ToList();
        if (ImportanceWeighted)
        {
            foreach (var setting in settings)
            {
                yield return $"{setting} and {nameof(ImportanceWeighted)} exclude each other: the importance-weighted bound has no KL "
                    + "term to weigh";
            }
        }
        for (var i = 0; i < settings.Count; i++)
        {
            foreach (var other in settings.Skip(i + 1).Where(other => Exclude(settings[i], other)))
                yield return $"{settings[i]} and {other} exclude each other: each says what the KL term costs";
        }
    }

    /// <summary>β or its normalised form, with warm-up and free bits or without; or a target; or a capacity.</summary>
    private static bool Exclude(string one, string other) =>
        (one, other)
            is
                (nameof(Beta), nameof(NormalizedBeta))
                or
                (nameof(KlTarget), _)
                or
                (_, nameof(KlTarget))
                or
                (nameof(Capacity), _)
                or
                (_, nameof(Capacity));
}
