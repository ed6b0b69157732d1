namespace MLNet.Vae.Compression;

/// <summary>What is wrong with a message, as a clause; <see cref="VaeCompressor"/> says it of the bytes.</summary>
internal sealed class DamagedMessageException(string message) : Exception(message);
