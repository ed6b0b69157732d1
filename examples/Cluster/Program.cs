using System.CommandLine;
using Cluster;
using Examples;

// Rows and models beyond one machine, on one machine: silos are processes that know of each other by a database alone.
var rows = new Option<int>("--rows") { Description = "Rows to make and score.", DefaultValueFactory = _ => 5_000_000 };
var keys = new Option<int>("--keys") { Description = "Keys of the fleet, each with a model of its own.", DefaultValueFactory = _ => 1_000 };
var embedded = new Option<bool>("--embedded") { Description = "One silo in this process, without a database." };
var folder = new Option<DirectoryInfo>("--output")
{
    Description = "Folder for rows, model and scores.",
    DefaultValueFactory = _ => new(Path.Combine("artifacts", "cluster")),
};
var command = new RootCommand("Scores a file by silos, one of which is killed, and runs a fleet of models that learn.")
{
    rows, keys, embedded, folder,
};
command.SetAction(parsed => Output.Run(() =>
{
    var job = new Demonstration(parsed.GetRequiredValue(folder).FullName, parsed.GetValue(rows), parsed.GetValue(keys));
    return parsed.GetValue(embedded) ? job.Embedded() : job.Distributed();
}));

var allowed = new Argument<DirectoryInfo>("folder");
var silo = new Command("silo", "One of the silos, until its input ends.") { allowed };
silo.SetAction(parsed => SiloProcess.Run(parsed.GetRequiredValue(allowed).FullName));
command.Add(silo);
return command.Parse(args).Invoke();
