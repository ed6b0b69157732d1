namespace FileFragments;

/// <summary>How well fragments of one kind are told from text.</summary>
/// <param name="Kind">The kind, or a name for all of them.</param>
/// <param name="Fragments">Test fragments.</param>
/// <param name="AreaUnderRoc">Chance that a fragment of the kind scores higher than one of text.</param>
/// <param name="AtFixedFalseAlarms">
/// Share found where as many fragments of text are flagged as <see cref="TextAnomalies.FalseAlarmRate"/> allows.
/// </param>
/// <param name="AtThreshold">Share found at the threshold of the model.</param>
internal sealed record KindDetection(string Kind, int Fragments, double AreaUnderRoc, double AtFixedFalseAlarms, double AtThreshold);
