namespace MLNet.Vae.Likelihoods;

/// <summary>A range of the features of a <see cref="MixedOutput"/>.</summary>
/// <param name="Features">Their number.</param>
/// <param name="Distribution">Of these features.</param>
internal sealed record OutputPart(int Features, OutputDistribution Distribution)
{
    public int Parameters => Distribution.ParametersOf(Features);

    public int Noise => Distribution.NoiseOf(Features);
}
