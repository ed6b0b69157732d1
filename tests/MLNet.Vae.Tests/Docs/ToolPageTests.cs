using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Tool;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The session of docs/tool.md, run as it stands there, on the first rows of the files and with few epochs.</summary>
public class ToolPageTests
{
    private const string Prompt = "$ mlnet-vae ";
    private const int Rows = 450, ValveRows = 700;

    [Fact]
    public async Task Every_command_of_the_page_runs()
    {
        using var directory = new TemporaryDirectory();
        string[] census = [.. File.ReadLines(TestData.Find("adult/adult.data")).Take(Rows + 1)];
        File.WriteAllLines(directory.File("census.csv"), census);
        File.WriteAllLines(directory.File("holes.csv"), census.Select((line, i) => i % 5 == 1 ? line[line.IndexOf(',')..] : line));
        File.WriteAllLines(directory.File("valve.csv"), File.ReadLines(TestData.Find("skab/valve2/0.csv")).Take(ValveRows + 1));

        var commands = File.ReadLines(Path.Combine(ProgramRun.Find("RepositoryRoot"), "docs", "tool.md"))
            .Where(line => line.StartsWith(Prompt, StringComparison.Ordinal)).Select(line => line[Prompt.Length..]).ToList();

        Assert.True(commands.Count > 8);
        foreach (var command in commands)
        {
            var run = await ToolRun.Of([.. Arguments(command, directory)]);
            Assert.True(run.ExitCode == 0, $"{command}\n{run.Error}");
        }
    }

    private static IEnumerable<string> Arguments(string command, TemporaryDirectory directory)
    {
        var words = command.Split(' ');
        for (var i = 0; i < words.Length; i++)
        {
            var isCount = i > 0 && words[i - 1] is "--epochs" or "-n";
            yield return isCount ? (words[i - 1] == "-n" ? "60" : "2")
                : Path.GetExtension(words[i]) is ".csv" or ".zip" or ".parquet" or ".html" ? directory.File(words[i])
                : words[i].Trim('\'');
        }
        if (words[0] == "fit" && !words.Contains("--epochs"))
        {
            yield return "--epochs";
            yield return "2";
        }
    }
}
