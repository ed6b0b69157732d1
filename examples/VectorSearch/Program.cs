using System.CommandLine;
using Examples;
using VectorSearch;

var connection = new Argument<string>("connection")
{
    Description = "PostgreSQL with pgvector, as Npgsql names it: \"Host=…;Username=…;Password=…;Database=…\".",
};
var folder = new Option<DirectoryInfo>("--digits")
{
    Description = "Folder with handwritten digits: UCI's optdigits.tra and optdigits.tes, or MNIST's IDX files. Default: made-up ones.",
};
var images = new Option<int>("--images")
{
    Description = "Pictures to train on and to look in, at most.",
    DefaultValueFactory = _ => 12_000,
};
var latent = new Option<int>("--latent") { Description = "Length of a vector.", DefaultValueFactory = _ => 16 };
var epochs = new Option<int?>("--epochs") { Description = "Passes over the pictures. Default: by their number." };
var measure = new Option<bool>("--measure")
{
    Description = "Compare vectors of the model with principal components and raw pixels: what is found, how fast, how many bytes.",
};
var seeds = new Option<int>("--seeds") { Description = "Trainings that are measured.", DefaultValueFactory = _ => 3 };
var seed = new Option<int>("--seed") { Description = "Makes the run repeatable.", DefaultValueFactory = _ => 1 };
folder.AcceptExistingOnly();

var command = new RootCommand("Puts vectors of pictures into PostgreSQL, and finds the pictures most like one.")
{
    connection, folder, images, latent, epochs, measure, seeds, seed,
};
command.SetAction(parsed => Output.Run(() =>
{
    var pictures = parsed.GetValue(folder) is { } digits ? PictureSet.Read(digits, parsed.GetValue(images)) : PictureSet.MadeUp();
    var models = new Models(pictures, parsed.GetValue(latent), parsed.GetValue(epochs));
    using var database = Database.Open(parsed.GetRequiredValue(connection));
    if (parsed.GetValue(measure))
        new Measurement(pictures, models, database).Run(parsed.GetValue(seeds));
    else
        new Search(pictures, models, database).Run(parsed.GetValue(seed));
    return 0;
}));
return command.Parse(args).Invoke();
