using System.CommandLine;
using Examples;
using Sprites;

const int fewestSprites = 500;

var sprites = new Option<int>("--sprites")
{
    Description = "Pictures to train on; 3,000 more are measured on.",
    DefaultValueFactory = _ => 10_000,
};
var epochs = new Option<int>("--epochs") { Description = "Passes over the pictures, of each model.", DefaultValueFactory = _ => 120 };
var latent = new Option<int>("--latent") { Description = "Length of a code, from 2.", DefaultValueFactory = _ => 10 };
var beta = new Option<double>("--beta") { Description = "Weight of the KL term of the β-VAE.", DefaultValueFactory = _ => 4 };
var convolutional = new Option<bool>("--convolutional") { Description = "Convolutions in place of dense layers: about ten times as long." };
var output = new Option<DirectoryInfo>("--output")
{
    Description = "Folder for the pictures, the report and the model.",
    DefaultValueFactory = _ => new(Path.Combine("artifacts", "sprites")),
};
var seed = new Option<int>("--seed") { Description = "Makes the run repeatable.", DefaultValueFactory = _ => 1 };
sprites.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() < fewestSprites)
    {
        result.AddError($"--sprites must be at least {fewestSprites}.");
    }
});

var command = new RootCommand(
    "Draws sprites of known shape, size, rotation and place, learns codes of them without being told, and measures how far the codes keep "
    + "these apart."
)
{
    sprites, epochs, latent, beta, convolutional, output, seed,
};
command.SetAction(parsed => Output.Run(() =>
{
    new Job
    {
        Sprites = parsed.GetValue(sprites),
        Epochs = parsed.GetValue(epochs),
        Latent = parsed.GetValue(latent),
        Beta = parsed.GetValue(beta),
        Convolutional = parsed.GetValue(convolutional),
        Folder = parsed.GetRequiredValue(output),
        Seed = parsed.GetValue(seed),
    }.Run();
    return 0;
}));
return command.Parse(args).Invoke();
