using System.CommandLine;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>The command line of the speed tables.</summary>
internal static class SpeedCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name")
        {
            Description = $"all, or one of, or the beginning of: {string.Join(", ", SpeedTables.All.Select(table => table.Name))}.",
        };
        var threads = new Option<int>("--threads") { Description = "Threads of torch and of ONNX Runtime.", DefaultValueFactory = _ => 1 };
        var command = new Command("speed", "Measures speed against rivals in the same run and writes tables in Markdown.")
        {
            name,
            threads,
        };
        command.SetAction(parsed => SpeedTables.Measure(parsed.GetRequiredValue(name), parsed.GetValue(threads)));
        return command;
    }
}
