using System.Collections.Immutable;
using System.CommandLine;
using MLNet.Vae.Tool.Files;

namespace MLNet.Vae.Tool.Commands;

/// <summary>Which columns are modelled, and how.</summary>
internal sealed class ColumnOptions
{
    public Option<string[]> Columns { get; } = Names("--columns", "Columns to model, with commas between them. Default: all.");

    public Option<string[]> Except { get; } = Names("--except", "Columns to leave out of the model, with commas between them.");

    public Option<string[]> Kinds { get; } = new("--kind")
    {
        Description = "How to model a column, where the rules are not to choose: "
            + $"{string.Join(", ", Enum.GetNames<VaeColumnKind>())}. May be given for several.",
        HelpName = "column=kind",
        DefaultValueFactory = _ => [],
    };

    public ColumnOptions() => Kinds.Validators.Add(result =>
    {
        foreach (var token in result.Tokens)
        {
            if (Kind(token.Value) is null)
            {
                result.AddError($"--kind '{token.Value}' is no column=kind; kinds are "
                    + $"{string.Join(", ", Enum.GetNames<VaeColumnKind>())}.");
            }
        }
    });

    public void AddTo(Command command)
    {
        command.Add(Columns);
        command.Add(Except);
        command.Add(Kinds);
    }

    /// <summary>A column that is a category is text, also where it is written in digits.</summary>
    public IReadOnlySet<string> TextColumns(ParseResult parsed) => Given(parsed)
        .Where(kind => kind.Kind == VaeColumnKind.Categorical).Select(kind => kind.Column).ToHashSet();

    /// <param name="parsed">The command line.</param>
    /// <param name="file">Has the columns.</param>
    /// <param name="options">The rest.</param>
    /// <param name="unseen">Columns that the model does not see, such as a label.</param>
    public VaeTableOptions Of(ParseResult parsed, TableFile file, VaeTableOptions options, params IEnumerable<string> unseen)
    {
        var except = file.Names(parsed.GetValue(Except)!).Concat(unseen.Select(name => file.Column(name).Name)).Distinct();
        var columns = file.Names(parsed.GetValue(Columns)!);
        return options with
        {
            InputColumnNames = [.. columns],
            // Where columns are named, the others are none of the model anyway.
            IgnoredColumnNames = columns.Count > 0 ? [.. except.Intersect(columns)] : [.. except],
            ColumnKinds = Given(parsed).ToImmutableDictionary(kind => file.Column(kind.Column).Name, kind => kind.Kind),
        };
    }

    private static Option<string[]> Names(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "names",
        DefaultValueFactory = _ => [],
    };

    private IEnumerable<(string Column, VaeColumnKind Kind)> Given(ParseResult parsed)
        => parsed.GetValue(Kinds)!.Select(text => Kind(text)!.Value).GroupBy(kind => kind.Column).Select(same => same.Last());

    private static (string Column, VaeColumnKind Kind)? Kind(string text) => text.LastIndexOf('=') is > 0 and var at
        && Enum.TryParse<VaeColumnKind>(text[(at + 1)..], ignoreCase: true, out var kind) && !char.IsDigit(text[at + 1])
            ? (text[..at], kind)
            : null;
}
