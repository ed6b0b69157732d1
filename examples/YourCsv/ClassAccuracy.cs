namespace YourCsv;

/// <summary>How well a classifier does on rows it was not trained on.</summary>
internal sealed record ClassAccuracy(string Features, int Count, double Micro, double Macro, TimeSpan Elapsed);
