using System.CommandLine;
using Examples;
using FileFragments;

const int fewestFragments = 100;

var folder = new Argument<DirectoryInfo>("folder")
{
    Description = "Folder whose files are read.",
    DefaultValueFactory = _ => Demo.DotNetFolder,
};
var output = new Option<DirectoryInfo>("--output")
{
    Description = "Folder for the models.",
    DefaultValueFactory = _ => new(Path.Combine("artifacts", "file-fragments")),
};
var fragments = new Option<int>("--fragments")
{
    Description = "Fragments of each kind to train on; a third as many are tested on.",
    DefaultValueFactory = _ => 600,
};
var seed = new Option<int>("--seed") { Description = "Makes the run repeatable.", DefaultValueFactory = _ => 1 };
folder.AcceptExistingOnly();
fragments.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() < fewestFragments)
    {
        result.AddError($"--fragments must be at least {fewestFragments}.");
    }
});

var command = new RootCommand(
    "Tells kinds of files by 1 KiB fragments: boosted trees on byte histograms and on their embedding, and anomalies among text."
)
{
    folder, output, fragments, seed,
};
command.SetAction(parsed =>
    Output.Run(() =>
    {
        var demo = new Demo(
            parsed.GetRequiredValue(folder),
            parsed.GetRequiredValue(output),
            parsed.GetRequiredValue(fragments),
            parsed.GetRequiredValue(seed)
        );
        return demo.Run() ? 0 : 1;
    })
);
return command.Parse(args).Invoke();
