namespace FileFragments;

/// <summary>How well a classifier tells the kinds of the test fragments.</summary>
internal sealed record KindAccuracy(string Features, int Count, double Micro, double Macro, TimeSpan Embedding, TimeSpan FastTree);
