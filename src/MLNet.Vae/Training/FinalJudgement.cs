using MLNet.Vae.Data;
using MLNet.Vae.Objectives;

namespace MLNet.Vae.Training;

/// <summary>
/// The weights that are kept, judged once more on the rows held out: by more noise than an epoch is, and by other noise, which had no say
/// in the choice of the epoch. Which rows are held out had, so that it is still a little high where many epochs were compared.
/// </summary>
internal static class FinalJudgement
{
    private const int MostDraws = 16;

    /// <summary>Draws for all rows together, beyond which the rows average the noise out by themselves.</summary>
    private const long Enough = 1 << 16;

    /// <param name="module">The model.</param>
    /// <param name="data">Whose held-out rows count.</param>
    /// <param name="corruption">Of what the encoder reads; <see langword="null"/>: none.</param>
    /// <param name="seed">Of the fit.</param>
    /// <param name="throwIfCancelled">Called before each block of rows; <see langword="null"/>: nobody cancels.</param>
    /// <returns><see langword="null"/>: no rows are held out, or the fit was cancelled.</returns>
    public static Evaluation? Of(VaeModule module, TrainingRows data, VaeCorruption? corruption, int seed, Action? throwIfCancelled)
    {
        var rows = data.HeldOutOfAll;
        if (rows == 0)
            return null;
        try
        {
            return Evaluator.Of(
                module,
                data,
                data.HeldOut,
                corruption,
                Seeds.Of(seed, RandomStream.FinalJudging),
                throwIfCancelled: throwIfCancelled,
                // A latent variable that sums over its branches takes one sample of each.
                draws: module.Latent.Branches > 1 ? 1 : (int)Math.Clamp(Enough / rows, 1, MostDraws)
            );
        }
        catch (OperationCanceledException)
        {
            // The model is done; that nobody waits for this number takes nothing from it.
            return null;
        }
    }
}
