using MLNet.Vae.Training.Steps;

namespace MLNet.Vae.Training;

/// <summary>Where a run has got to: in which epoch, and what its steps so far were like.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="Started">When the epoch began, as time that the run had taken.</param>
/// <param name="Batches">Batches of the epoch that have been learned from.</param>
/// <param name="Reconstruction">Sum over their rows, nats.</param>
/// <param name="Kl">Sum over their rows, nats.</param>
/// <param name="Penalty">Sum over their rows, nats.</param>
internal readonly record struct TrainingPosition(
    int Epoch, TimeSpan Started, int Batches = 0, double Reconstruction = 0, double Kl = 0, double Penalty = 0)
{
    public TrainingPosition After(StepLoss loss) => this with
    {
        Batches = Batches + 1,
        Reconstruction = Reconstruction + loss.Reconstruction,
        Kl = Kl + loss.Kl,
        Penalty = Penalty + loss.Penalty,
    };
}
