using System.CommandLine;
using Examples;
using Melodies;

const int fewest = 500;

var melodies = new Option<int>("--melodies") { Description = "Melodies to train on.", DefaultValueFactory = _ => 3_000 };
var epochs = new Option<int>("--epochs") { Description = "Passes over the melodies, from 2.", DefaultValueFactory = _ => 45 };
var latent = new Option<int>("--latent") { Description = "Length of a code.", DefaultValueFactory = _ => 16 };
var output = new Option<DirectoryInfo>("--output")
{
    Description = "Folder for the melodies, as MIDI and as pictures, and the model.",
    DefaultValueFactory = _ => new(Path.Combine("artifacts", "melodies")),
};
var seed = new Option<int>("--seed") { Description = "Makes the run repeatable.", DefaultValueFactory = _ => 1 };
melodies.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() < fewest)
    {
        result.AddError($"--melodies must be at least {fewest}.");
    }
});
epochs.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() < 2)
    {
        result.AddError("--epochs must be at least 2.");
    }
});

var command = new RootCommand(
    "Makes melodies by rule, learns codes of them without being told the rules, writes new ones, and a way from one to another."
)
{
    melodies, epochs, latent, output, seed,
};
command.SetAction(parsed => Output.Run(() =>
{
    new Job
    {
        Melodies = parsed.GetValue(melodies),
        Epochs = parsed.GetValue(epochs),
        Latent = parsed.GetValue(latent),
        Folder = parsed.GetRequiredValue(output),
        Seed = parsed.GetValue(seed),
    }.Run();
    return 0;
}));
return command.Parse(args).Invoke();
