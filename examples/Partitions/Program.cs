using System.CommandLine;
using Examples;
using Partitions;

// What a cluster does, on one machine: every worker scores one range of the file with the same model, and the parts are put together.
var workers = new Option<int>("--workers") { Description = "Processes that score.", DefaultValueFactory = _ => 4 };
var rows = new Option<int>("--rows") { Description = "Rows to make and score.", DefaultValueFactory = _ => 100_000 };
var folder = new Option<DirectoryInfo>("--output")
{
    Description = "Folder for rows, model and scores.",
    DefaultValueFactory = _ => new(Path.Combine("artifacts", "partitions")),
};
var command = new RootCommand("Scores a file in several processes and shows that the scores are those of one process.")
{
    workers,
    rows,
    folder,
};
command.SetAction(parsed =>
    Output.Run(() => new Job(parsed.GetRequiredValue(folder), parsed.GetValue(rows), parsed.GetValue(workers)).Run())
);

var model = new Argument<FileInfo>("model");
var data = new Argument<FileInfo>("rows");
var from = new Argument<long>("from") { Description = "First byte of the range; a line belongs to the range that its first byte is in." };
var to = new Argument<long>("to") { Description = "First byte after it." };
var scores = new Argument<FileInfo>("scores");
var worker = new Command("worker", "Scores the lines of one range.") { model, data, from, to, scores };
worker.SetAction(parsed => Worker.Score(
    parsed.GetRequiredValue(model).FullName, parsed.GetRequiredValue(data).FullName, parsed.GetValue(from), parsed.GetValue(to),
    parsed.GetRequiredValue(scores).FullName));
command.Add(worker);
return command.Parse(args).Invoke();
