using System.CommandLine;
using Examples;
using YourCsv;

var file = new Argument<FileInfo>("file") { Description = "A delimited text file with a header." };
var label = new Option<string?>("--label")
{
    Description = "Column to predict, a category. Without it, rows unlike the others are looked for.",
};
var latent = new Option<int>("--latent") { Description = "Length of the embedding.", DefaultValueFactory = _ => 8 };
var epochs = new Option<int?>("--epochs") { Description = "Passes over the rows. Default: by the number of rows." };
var anomaly = new Option<bool>("--anomaly")
{
    Description = "Look for rows unlike the others; the label is no part of the model, and is shown beside them.",
};
var separator = new Option<string?>("--separator")
{
    Description = "What separates values: one character, or tab. Default: the one that fits the header.",
};
var output = new Option<DirectoryInfo>("--output")
{
    Description = "Folder for the model, scored.csv and report.html.",
    DefaultValueFactory = _ => new(Path.Combine("artifacts", "your-csv")),
};
var seed = new Option<int>("--seed") { Description = "Makes the run repeatable.", DefaultValueFactory = _ => 1 };
file.AcceptExistingOnly();
separator.Validators.Add(result =>
{
    if (result.GetValueOrDefault<string>() is { Length: not 1 } and not "tab")
    {
        result.AddError("--separator must be one character, or tab.");
    }
});

var command = new RootCommand(
    "Says how the columns of a delimited file are modelled, and predicts a label from an embedding of its rows or finds those unlike the "
        + "others."
)
{
    file, label, latent, epochs, anomaly, separator, output, seed,
};
command.SetAction(parsed => Output.Run(() =>
{
    var (by, name) = (parsed.GetValue(separator), parsed.GetValue(label));
    var isAnomaly = parsed.GetValue(anomaly);
    new Job(parsed.GetRequiredValue(file), by is null ? null : by == "tab" ? '\t' : by[0], isAnomaly ? null : name, isAnomaly ? name : null,
        parsed.GetValue(latent), parsed.GetValue(epochs), parsed.GetRequiredValue(output), parsed.GetValue(seed)).Run();
    return 0;
}));
return command.Parse(args).Invoke();
