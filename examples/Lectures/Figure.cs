using MLNet.Vae;

namespace Lectures;

/// <summary>A picture with its words; a legend where it has classes.</summary>
internal sealed record Figure(string Caption, VaePicture Picture, IReadOnlyList<string>? Legend = null);
