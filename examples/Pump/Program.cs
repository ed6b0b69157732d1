using System.CommandLine;
using Examples;
using Pump;

var folder = new Argument<DirectoryInfo?>("folder")
{
    Description = "A folder of SKAB's files, such as skab/valve2: 8 channels at 1 Hz, separated by ';'. None: a pump that is simulated.",
    Arity = ArgumentArity.ZeroOrOne,
};
var output = new Option<DirectoryInfo>("--output")
{
    Description = "Folder for the reports and the models.",
    DefaultValueFactory = _ => new(Path.Combine("artifacts", "pump")),
};
var seed = new Option<int>("--seed") { Description = "Makes the run repeatable.", DefaultValueFactory = _ => 1 };

var command = new RootCommand(
    "Learns how a water pump runs from the first 400 readings of eight sensors, judges all later ones, and writes a page of each series.")
{
    folder, output, seed,
};
command.SetAction(parsed => Output.Run(() =>
{
    new Job { Folder = parsed.GetValue(folder), Output = parsed.GetRequiredValue(output), Seed = parsed.GetValue(seed) }.Run();
    return 0;
}));
return command.Parse(args).Invoke();
