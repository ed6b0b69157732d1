using static Examples.Output;

namespace FileFragments;

/// <summary>The tables printed.</summary>
internal static class Report
{
    public static void Kinds(IEnumerable<KindCount> kinds) =>
        Table(
            [Left("Kind"), Right("Train files"), Right("Train fragments"), Right("Test files"), Right("Test fragments")],
            kinds.Select(kind =>
                new[] { kind.Kind, $"{kind.TrainFiles}", $"{kind.TrainFragments}", $"{kind.TestFiles}", $"{kind.TestFragments}" }
            )
        );

    public static void Accuracies(IEnumerable<KindAccuracy> accuracies) =>
        Table(
            [
                Left("FastTree on"),
                Right("Features"),
                Right("Micro accuracy"),
                Right("Macro accuracy"),
                Right("Embedding trained in"),
                Right("FastTree trained in"),
            ],
            accuracies.Select(result =>
                new[]
                {
                    result.Features,
                    $"{result.Count}",
                    $"{result.Micro:P1}",
                    $"{result.Macro:P1}",
                    result.Embedding > TimeSpan.Zero ? Seconds(result.Embedding) : "",
                    Seconds(result.FastTree),
                }
            )
        );

    public static void Detections(IEnumerable<KindDetection> detections) =>
        Table(
            [
                Left("Not text"),
                Right("Fragments"),
                Right("AUC"),
                Right($"Found at {TextAnomalies.FalseAlarmRate:P0} false alarms"),
                Right("Found at the threshold"),
            ],
            detections.Select(kind =>
                new[]
                {
                    kind.Kind,
                    $"{kind.Fragments}",
                    $"{kind.AreaUnderRoc:F4}",
                    $"{kind.AtFixedFalseAlarms:P1}",
                    $"{kind.AtThreshold:P1}",
                }
            )
        );

    public static void FalseAlarms(IEnumerable<(string Kind, int Fragments, double Share)> alarms) => Table(
        [Left("Text"), Right("Fragments"), Right("Flagged at the threshold")],
        alarms.Select(alarm => new[] { alarm.Kind, $"{alarm.Fragments}", $"{alarm.Share:P1}" }));

    public static void Worst(IEnumerable<WorstFragment> fragments) =>
        Table(
            [Right("Score"), Left("Kind"), Left("What gave it away"), Left("File"), Right("Offset")],
            fragments.Select(worst =>
                new[]
                {
                    $"{worst.Score:F0}",
                    worst.Fragment.Kind,
                    string.Join(", ", worst.Reasons.Select(reason => $"{reason.Bin} {reason.Contribution:+0;-0}")),
                    Shortened(worst.Fragment.File),
                    $"{worst.Fragment.Offset:N0}",
                }
            )
        );

    /// <summary>The end of a path, which says more than its beginning.</summary>
    private static string Shortened(string path)
    {
        const int longest = 60;
        return path.Length <= longest ? path : "…" + path[^longest..];
    }
}
