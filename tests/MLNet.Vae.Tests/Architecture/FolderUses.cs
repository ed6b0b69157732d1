using System.Text.RegularExpressions;

namespace MLNet.Vae.Tests.Architecture;

/// <summary>Which first-level folder of a project uses which, by the names of the types that its sources have.</summary>
/// <remarks>Files of the root, which compose the rest, are left out, and so are nested types, comments and strings.</remarks>
internal sealed partial class FolderUses
{
    // By the folders at both ends: which files name which types.
    private readonly Dictionary<(string From, string To), SortedSet<string>> _uses = [];

    /// <param name="sources">Path below the project, with '/', and text.</param>
    public FolderUses(IEnumerable<(string Path, string Text)> sources)
    {
        var files = sources
            .Where(source => source.Path.Contains('/'))
            .Select(source => (source.Path, Folder: source.Path.Split('/')[0], Text: NoCode().Replace(source.Text, " ")))
            .ToList();
        var homes = Homes(files, Declaration());
        var extensions = Homes(files, Extension());
        foreach (var (path, folder, text) in files)
        {
            foreach (var name in Name().Matches(text).Select(match => match.Value).Distinct())
                Add(path, folder, name, homes);
            foreach (var name in Call().Matches(text).Select(match => match.Groups["name"].Value).Distinct())
                Add(path, folder, name, extensions);
        }
    }

    public static FolderUses In(string project) => new(Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
        .Select(file => (Path.GetRelativePath(project, file).Replace(Path.DirectorySeparatorChar, '/'), File.ReadAllText(file))));

    /// <summary>Which files of one folder use which types and extensions of another.</summary>
    public IReadOnlyCollection<string> Of(string from, string to) => _uses.GetValueOrDefault((from, to)) ?? [];

    /// <summary>Every use that is part of a circle, a line each.</summary>
    public IReadOnlyList<string> Circles()
    {
        return [.. _uses.Where(use => Reached(use.Key.To).Contains(use.Key.From))
            .OrderBy(use => use.Key.From, StringComparer.Ordinal).ThenBy(use => use.Key.To, StringComparer.Ordinal)
            .Select(use => $"{use.Key.From} -> {use.Key.To}: {string.Join(", ", use.Value)}")];

        HashSet<string> Reached(string start)
        {
            var reached = new HashSet<string>();
            var waiting = new Stack<string>([start]);
            while (waiting.TryPop(out var folder))
            {
                foreach (var use in _uses.Where(use => use.Key.From == folder && reached.Add(use.Key.To)))
                    waiting.Push(use.Key.To);
            }
            return reached;
        }
    }

    private void Add(string path, string folder, string name, Dictionary<string, string> homes)
    {
        if (homes.TryGetValue(name, out var home) && home != folder)
            (_uses.TryGetValue((folder, home), out var uses) ? uses : _uses[(folder, home)] = []).Add($"{path} ({name})");
    }

    /// <summary>The folder of each name that only one folder declares.</summary>
    private static Dictionary<string, string> Homes(List<(string Path, string Folder, string Text)> files, Regex declaration) => files
        .SelectMany(file => declaration.Matches(file.Text).Select(match => (Name: match.Groups["name"].Value, file.Folder)))
        .Distinct()
        .GroupBy(declared => declared.Name)
        .Where(declared => declared.Count() == 1)
        .ToDictionary(declared => declared.Key, declared => declared.Single().Folder);

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|\$?@?"(?:\\.|""|[^"\\\n])*" """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NoCode();

    [GeneratedRegex(
        @"^(?:(?:public|internal|file|sealed|abstract|static|partial|readonly|ref|unsafe) )*"
            + @"(?:class|record struct|record class|record|struct|interface|enum) (?<name>[A-Z]\w*)",
        RegexOptions.Multiline
    )]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\bstatic [^;={]*?\b(?<name>[A-Z]\w*)(?:<[^>(]*>)?\(\s*this ")]
    private static partial Regex Extension();

    // Of a value: a type before the point is a name of its own.
    [GeneratedRegex(@"(?<![\w.][A-Z]\w*)\.(?<name>[A-Z]\w*)(?:<[^>(]*>)?\(")]
    private static partial Regex Call();

    // What follows a point is a member.
    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*")]
    private static partial Regex Name();
}
