using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>Runs as a rank of a job, which has a process of its own.</summary>
internal static class GroupExample
{
    /// <returns>How many files this rank reads, and how many rows all of them trained on.</returns>
    public static (int Files, long Rows) Run()
    {
        using var group = VaeMpi.Start();
        var mine = Directory.GetFiles("parts", "*.csv").Order().Where((_, i) => i % group.Size == group.Rank).ToArray();
        var options = new VaeOptions { Training = new() { Seed = 1, Group = group } };

        var mlContext = new MLContext(seed: 1);
        TextLoader.Column[] columns = [new("Features", DataKind.Single, 0, 2)];
        var rows = mlContext.Data.LoadFromTextFile(mine, columns, ',');
        using var model = mlContext.Transforms.VaeEmbed(options with { Training = options.Training with { Epochs = 2 } }).Fit(rows);
        return (mine.Length, model.Model.Info.Training!.TrainingRows);
    }

    private static IDataView LoadFromTextFile(
        this DataOperationsCatalog catalog, string[] paths, TextLoader.Column[] columns, char separator)
        => catalog.CreateTextLoader(new TextLoader.Options { Columns = columns, Separators = [separator] }).Load(paths);
}
