using System.Reflection;

namespace Lectures;

/// <summary>The lines of a section that its page shows, out of the source that ran.</summary>
internal static class SourceCode
{
    private const string First = "// On the page:", Last = "// Until here.";

    public static string Of(Section section)
    {
        var name = $"Lectures.{section.GetType().Name}.cs";
        using var source = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program lacks the source of {name}.");
        var lines = new StreamReader(source).ReadToEnd().ReplaceLineEndings("\n").Split('\n')
            .SkipWhile(line => line.Trim() != First).Skip(1).TakeWhile(line => line.Trim() != Last).ToArray();
        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length == 0 ? "" : line[indent..])).Trim();
    }
}
