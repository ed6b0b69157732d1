using System.CommandLine;
using Digits;
using Examples;

var folder = new Argument<DirectoryInfo>("folder")
{
    Description =
        "Folder with pictures and labels as IDX files, gzipped or not: train-images-idx3-ubyte and train-labels-idx1-ubyte, and t10k-… "
        + "where there are any, as MNIST and its relatives come.",
};
var images = new Option<int>("--images") { Description = "Pictures to train on, at most.", DefaultValueFactory = _ => 12_000 };
var epochs = new Option<int>("--epochs") { Description = "Passes over the pictures, of each model.", DefaultValueFactory = _ => 40 };
var latent = new Option<int>("--latent")
{
    Description = "Length of a code. The manifold is that of a model with two dimensions.",
    DefaultValueFactory = _ => 10,
};
var convolutional = new Option<bool>("--convolutional")
{
    Description = "Convolutions in place of dense layers: better pictures, about ten times as long.",
};
var conditional = new Option<bool>("--conditional") { Description = "Only the model that is told the labels, with analogies and styles." };
var output = new Option<DirectoryInfo>("--output")
{
    Description = "Folder for the pictures, the report and the models.",
    DefaultValueFactory = _ => new(Path.Combine("artifacts", "digits")),
};
var seed = new Option<int>("--seed") { Description = "Makes the run repeatable.", DefaultValueFactory = _ => 1 };
folder.AcceptExistingOnly();
images.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() < DigitSet.FewestPictures)
    {
        result.AddError($"--images must be at least {DigitSet.FewestPictures}.");
    }
});

var command = new RootCommand("Learns codes of small pictures, such as handwritten digits, and makes pictures of what they hold.")
{
    folder, images, epochs, latent, convolutional, conditional, output, seed,
};
command.SetAction(parsed => Output.Run(() =>
{
    new Job
    {
        Digits = DigitFolder.Read(parsed.GetRequiredValue(folder), parsed.GetValue(images)),
        Epochs = parsed.GetValue(epochs),
        Latent = parsed.GetValue(latent),
        Convolutional = parsed.GetValue(convolutional),
        ConditionalOnly = parsed.GetValue(conditional),
        Folder = parsed.GetRequiredValue(output),
        Seed = parsed.GetValue(seed),
    }.Run();
    return 0;
}));
return command.Parse(args).Invoke();
