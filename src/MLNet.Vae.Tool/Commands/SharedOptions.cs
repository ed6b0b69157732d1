using System.CommandLine;

namespace MLNet.Vae.Tool.Commands;

/// <summary>Options of every command.</summary>
internal sealed class SharedOptions
{
    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Write one JSON document to standard output; what is for people goes to standard error.",
        Recursive = true,
    };

    public Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "With an error, say where in the program it was found.",
        Recursive = true,
    };

    public static Argument<string> Data(string description = "A CSV or Parquet file with a header; - reads standard input.")
        => new("data") { Description = description };

    public static Argument<string> Model() => new("model") { Description = "A model.zip, of 'fit' or of any program with MLNet.Vae." };

    public static Option<string> Output(string description)
        => new("--output", "-o") { Description = description, HelpName = "file", Required = true };

    public static Option<int> Seed() => new("--seed")
    {
        Description = "Makes the run repeatable.",
        DefaultValueFactory = _ => 1,
        HelpName = "n",
    };

    public static Option<string?> Separator()
    {
        var separator = new Option<string?>("--separator")
        {
            Description = "What separates values: one character, or tab. Default: the one that fits the header.",
            HelpName = "c",
        };
        separator.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { Length: not 1 } and not "tab")
                result.AddError("--separator must be one character, or tab.");
        });
        return separator;
    }

    public static char? Character(string? separator) => separator switch
    {
        null => null,
        "tab" => '\t',
        _ => separator[0],
    };

    /// <summary>An option whose number is at least 1.</summary>
    public static Option<int?> Count(string name, string description, params string[] aliases)
    {
        var count = new Option<int?>(name, aliases) { Description = description, HelpName = "n" };
        count.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int?>() is < 1)
                result.AddError($"{name} must be 1 or more.");
        });
        return count;
    }
}
