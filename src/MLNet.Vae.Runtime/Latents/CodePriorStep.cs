namespace MLNet.Vae.Latents;

/// <summary>One step of a prior over codes, of several rows at once; see <see cref="CodePriorNetwork"/>.</summary>
/// <param name="inputs">What stands for the neighbours, and the place, <c>[n][input]</c>.</param>
/// <param name="memories">What is remembered of the steps before, <c>[n][units]</c>.</param>
/// <param name="conditions">One for each row; <see langword="null"/> where the model has none.</param>
/// <returns>Logits of the entries, <c>[n][codebook]</c>, and what is remembered with this step.</returns>
internal delegate (float[][] Logits, float[][] Memories) CodePriorStep(float[][] inputs, float[][] memories, float[][]? conditions);
