using System.CommandLine;
using Examples;
using Microsoft.ML;
using MLNet.Vae;
using ParquetTables;

const int Rows = 1_000, ShownRows = 10;

var file = new Argument<FileInfo>("file")
{
    Description = "A Parquet file. Without it, readings of pumps are written to a small one.",
    DefaultValueFactory = _ => new(Path.Combine("artifacts", "parquet", "readings.parquet")),
};
var epochs = new Option<int?>("--epochs") { Description = "Passes over the rows. Default: by the number of rows." };
var seed = new Option<int>("--seed") { Description = "Makes the run repeatable.", DefaultValueFactory = _ => 1 };

var command = new RootCommand("Fills the holes of a Parquet file.") { file, epochs, seed };
command.SetAction(parsed => Output.Run(() =>
{
    Run(parsed.GetRequiredValue(file), parsed.GetValue(epochs), parsed.GetValue(seed)).GetAwaiter().GetResult();
    return 0;
}));
return command.Parse(args).Invoke();

static async Task Run(FileInfo file, int? epochs, int seed)
{
    if (!file.Exists)
    {
        await Reading.Write(file, Rows, seed);
    }

    var mlContext = new MLContext(seed);
    Output.ShowWarnings(mlContext);
    var frame = await ParquetFrame.Read(file);
    var options = VaeTableOptions.Imputation(seed);
    options = options with { Training = options.Training with { Epochs = epochs } };
    using var impute = Output.Timed("autoencoder", _ => mlContext.Transforms.VaeImpute(options).Fit(frame));
    Console.WriteLine(impute.Table);

    Output.Heading($"{file.FullName}: the first rows");
    Console.WriteLine(frame.Head(ShownRows));
    Output.Heading("The same, filled");
    Console.WriteLine(impute.Transform(frame).ToDataFrame(ShownRows));
}
