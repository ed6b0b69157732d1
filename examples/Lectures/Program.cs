using System.CommandLine;
using Digits;
using Examples;
using Lectures;

var folder = new Argument<DirectoryInfo>("folder")
{
    Description = "Folder with pictures and labels as IDX files, gzipped or not, as MNIST comes.",
};
var only = new Option<string[]>("--only")
{
    Description = $"Names of the sections to run, of {string.Join(", ", Sections.All.Select(section => section.Name))}; none: all.",
    AllowMultipleArgumentsPerToken = true,
};
var quick = new Option<bool>("--quick") { Description = "Fewer pictures and shorter trainings." };
var output = new Option<DirectoryInfo>("--output")
{
    Description = "Folder for the page.",
    DefaultValueFactory = _ => new(Path.Combine("artifacts", "lectures")),
};
var seed = new Option<int>("--seed") { Description = "Makes the run repeatable.", DefaultValueFactory = _ => 1 };
folder.AcceptExistingOnly();
only.Validators.Add(result =>
{
    foreach (var name in result.GetValueOrDefault<string[]>() ?? [])
    {
        if (!Sections.All.Any(section => section.Name == name))
        {
            result.AddError($"--only {name}: there is no such section. There are {string.Join(", ", Sections.All.Select(s => s.Name))}.");
        }
    }
});

var command = new RootCommand("Writes one page that shows what lectures on autoencoders say, on handwritten digits.")
{
    folder, only, quick, output, seed,
};
command.SetAction(parsed => Output.Run(() =>
{
    var isQuick = parsed.GetValue(quick);
    new Job
    {
        Digits = DigitFolder.Read(parsed.GetRequiredValue(folder), isQuick ? Lecture.QuickPictures : Lecture.Pictures),
        Only = parsed.GetValue(only) ?? [],
        Quick = isQuick,
        Folder = parsed.GetRequiredValue(output),
        Seed = parsed.GetValue(seed),
    }.Run();
    return 0;
}));
return command.Parse(args).Invoke();
