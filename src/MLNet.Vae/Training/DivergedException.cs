namespace MLNet.Vae.Training;

/// <summary>A training that gave no weights at all, whatever the rows and options: another one, from other weights, may.</summary>
/// <param name="message">What happened; what to do about it is for the caller to say, who knows the columns.</param>
internal sealed class DivergedException(string message) : Exception(message);
