using System.Text.RegularExpressions;

namespace MLNet.Vae.Tool.Commands;

/// <summary>What is said of a fault.</summary>
internal static partial class FaultText
{
    /// <summary>The message of what happened first, in one line, without the names of parameters of the program.</summary>
    public static string Of(Exception fault)
    {
        var first = fault;
        while (first is AggregateException or System.Reflection.TargetInvocationException && first.InnerException is { } inner)
            first = inner;
        // Rows are read by threads of ML.NET, which wrap what they meet; the outermost of ours has the file's name.
        for (var inner = fault; inner is not null; inner = inner.InnerException)
        {
            if (inner is InvalidDataException)
            {
                first = inner;
                break;
            }
        }
        return Breaks().Replace(Parameter().Replace(first.Message, ""), " ").Trim();
    }

    [GeneratedRegex(@" \(Parameter '[^']*'\)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\s*\r?\n\s*")]
    private static partial Regex Breaks();
}
