using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Tool;

/// <summary>What is said of a wrong command line, file or model, and the exit code.</summary>
public sealed class FaultTests(ToolFixture fixture) : IClassFixture<ToolFixture>
{
    [Theory]
    [InlineData("Required command was not provided.")]
    [InlineData("Unrecognized command or argument 'fitt'.", "fitt")]
    [InlineData("Required argument 'data' missing for command: 'fit'.", "fit", "-o", "m.zip")]
    [InlineData("Option '--output' is required.", "fit", "x.csv")]
    [InlineData("--kind 'Amount' is no column=kind", "fit", "x.csv", "-o", "m.zip", "--kind", "Amount")]
    [InlineData("--kind 'Amount=Normal' is no column=kind", "fit", "x.csv", "-o", "m.zip", "--kind", "Amount=Normal")]
    [InlineData("--epochs must be 1 or more.", "fit", "x.csv", "-o", "m.zip", "--epochs", "0")]
    [InlineData("--separator must be one character, or tab.", "fit", "x.csv", "-o", "m.zip", "--separator", "::")]
    [InlineData("--given 'NOK' is no column=value.", "sample", "m.zip", "-n", "3", "-o", "x.csv", "--given", "NOK")]
    [InlineData("--sampler is for tables", "fit", "x.csv", "-o", "m.zip", "--steps", "8", "--sampler")]
    [InlineData("--contamination is for tables", "fit", "x.csv", "-o", "m.zip", "--time", "T", "--contamination", "0.1")]
    [InlineData("--row and --top exclude each other", "explain", "m.zip", "x.csv", "--row", "1", "--top", "1")]
    [InlineData("--anomalous is a value of the column that --label names", "score", "m.zip", "x.csv", "--anomalous", "1")]
    [InlineData("--json and --output - both want standard output", "score", "m.zip", "x.csv", "--json", "-o", "-")]
    public async Task A_wrong_command_line_is_2(string expected, params string[] arguments)
    {
        var run = await ToolRun.Of(arguments);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains($"error: {expected}", run.Error);
    }

    [Fact]
    public async Task An_option_out_of_range_is_2()
    {
        var run = await ToolRun.Of("fit", fixture.Orders, "-o", fixture.File("none.zip"), "--contamination", "2");

        Assert.Equal((2, false), (run.ExitCode, File.Exists(fixture.File("none.zip"))));
        Assert.Equal("error: 1 option is wrong: Contamination must be above 0 and at most 0.5, but is 2.\n", run.Error);
    }

    [Theory]
    [InlineData("", "'data.csv' is empty; a header and rows are needed.")]
    [InlineData("a,b\n", "'data.csv' has a header and no rows.")]
    [InlineData("a,b\n1,2\n3,4,5\n", "'data.csv': Line 3 has 3 values and the header 2 (separator ','): '3,4,5'.")]
    [InlineData("a,b\n1,\"2\n", "'data.csv': A quoted value in line 2 does not end: '1,\"2")]
    [InlineData("a,a\n1,2\n", "'data.csv': Two columns are named 'a' in line 1; rename one.")]
    [InlineData("PAR1", "'data.csv' begins as a Parquet file and cannot be read as one: ")]
    public async Task A_file_that_is_no_table_is_1(string text, string expected)
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("data.csv");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);

        var run = await ToolRun.Of("fit", file, "-o", directory.File("m.zip"));

        Assert.Equal((1, false), (run.ExitCode, File.Exists(directory.File("m.zip"))));
        Assert.StartsWith($"error: {expected}", run.Error.Replace(file, "data.csv"));
        Assert.Single(run.Error, '\n');
    }

    [Fact]
    public async Task Standard_input_without_a_line_is_1()
    {
        var run = await ToolRun.Of("fit", "-", "-o", fixture.File("none.zip"));

        Assert.Equal((1, "error: 'standard input' is empty; a header and rows are needed.\n"), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("'orders.csv' has no column 'Contry'; did you mean 'Country'?", "--label", "Contry")]
    [InlineData("'orders.csv' has no column 'Contry'; did you mean 'Country'?", "--kind", "Contry=Categorical")]
    [InlineData("'orders.csv' has no column 'Bogus'; did you mean ", "--except", "Id,Bogus")]
    [InlineData("The table cannot be trained on: column 'Currency' is Text: expected Categorical, but found Gaussian.",
        "--kind", "Currency=Gaussian")]
    public async Task A_column_that_is_not_as_asked_for_is_1(string expected, params string[] options)
    {
        var run = await ToolRun.Of(["fit", fixture.Orders, "-o", fixture.File("none.zip"), "--epochs", "1", .. options]);

        Assert.Equal((1, false), (run.ExitCode, File.Exists(fixture.File("none.zip"))));
        Assert.StartsWith($"error: {expected}", run.Error.Replace(fixture.Orders, "orders.csv"));
    }

    [Fact]
    public async Task A_value_of_another_type_is_named_with_its_line()
    {
        var file = fixture.File("text.csv");
        await File.WriteAllLinesAsync(
            file, Orders.Lines().Select((line, i) => i == 7 ? "N1,Chile,CLP,many,1,1,2026-01-01,0" : line),
            TestContext.Current.CancellationToken);

        var run = await ToolRun.Of("score", fixture.Model, file);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            $"error: '{file}': Line 8, column 'Amount': expected a number, as the model was trained on, found 'many'; mend the value or "
                + "leave it empty.\n",
            run.Error);
    }

    [Fact]
    public async Task Columns_that_a_model_needs_are_named()
    {
        var run = await ToolRun.Of("score", fixture.Model, fixture.Pump);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "lacks 6 columns that 'model.zip' was trained on: 'Country', 'Currency', 'Amount', 'Price', 'Total', 'Placed'. It has 'Time', ",
            run.Error.Replace(fixture.Model, "model.zip"));
    }

    [Theory]
    [InlineData("sample", "-n", "3", "-o", "x.csv")]
    public async Task A_model_of_another_kind_is_1(string command, params string[] options)
    {
        var run = await ToolRun.Of([command, fixture.Series, .. options]);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            $"error: 'series.zip' is a model of a series; '{command}' needs one of a table ('mlnet-vae fit' without --time, --key and "
                + "--steps).\n",
            run.Error.Replace(fixture.Series, "series.zip"));
    }

    [Fact]
    public async Task A_model_of_a_series_imputes_nothing()
    {
        var run = await ToolRun.Of("impute", fixture.Orders, "-o", fixture.File("no.csv"), "--model", fixture.Series);

        Assert.Equal((1, false), (run.ExitCode, File.Exists(fixture.File("no.csv"))));
        Assert.Contains("is a model of a series; 'impute' needs one of a table", run.Error);
    }

    [Theory]
    [InlineData("no.zip", "There is no file 'no.zip'; 'mlnet-vae fit' writes a model.")]
    [InlineData("orders.csv", "'orders.csv': expected an ONNX file")]
    public async Task A_file_that_is_no_model_is_1(string name, string expected)
    {
        var path = fixture.File(name);
        var run = await ToolRun.Of("score", path, fixture.Orders);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"error: {expected}", run.Error.Replace(path, name));
    }

    [Fact]
    public async Task A_given_value_that_training_had_not_is_1()
    {
        var run = await ToolRun.Of("sample", fixture.Model, "-n", "3", "-o", fixture.File("no.csv"), "--given", "Currency=EUR");

        Assert.Equal((1, false), (run.ExitCode, File.Exists(fixture.File("no.csv"))));
        Assert.StartsWith("error: Column 'Currency' cannot be 'EUR': expected one of its ", run.Error);
    }

    [Fact]
    public async Task A_label_of_one_class_names_its_values()
    {
        var run = await ToolRun.Of("score", fixture.Model, fixture.Orders, "--label", "Currency");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Its values are 'CLP', 'JPY', 'NOK'; name the one with --anomalous.", run.Error);
    }

    [Fact]
    public async Task A_fit_that_is_cancelled_is_130_and_leaves_the_file_as_it_was()
    {
        using var directory = new TemporaryDirectory();
        var model = directory.File("m.zip");
        await File.WriteAllTextAsync(model, "before", TestContext.Current.CancellationToken);
        using var cancel = new CancellationTokenSource();
        var orders = await File.ReadAllBytesAsync(fixture.Orders, TestContext.Current.CancellationToken);
        await using var input = new CancellingStream(orders, cancel);

        var run = await ToolRun.Of(input, cancel.Token, "fit", "-", "-o", model, "--epochs", "100000");

        Assert.Equal((130, "", "cancelled; nothing was written.\n"), (run.ExitCode, run.Output, run.Error));
        Assert.Equal("before", await File.ReadAllTextAsync(model, TestContext.Current.CancellationToken));
        Assert.Equal(["m.zip"], directory.Names("*"));
    }

    [Fact]
    public async Task Rows_that_are_cancelled_leave_no_half_file()
    {
        using var directory = new TemporaryDirectory();
        using var cancel = new CancellationTokenSource();
        var orders = await File.ReadAllBytesAsync(fixture.Orders, TestContext.Current.CancellationToken);
        await using var input = new CancellingStream(orders, cancel);

        var run = await ToolRun.Of(input, cancel.Token, "score", fixture.Model, "-", "-o", directory.File("scored.csv"));

        Assert.Equal((130, 0), (run.ExitCode, directory.Names("*").Count));
    }

    /// <summary>Cancels once it was read to its end.</summary>
    private sealed class CancellingStream(byte[] bytes, CancellationTokenSource cancel) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => Told(base.Read(buffer));

        public override int Read(byte[] buffer, int offset, int count) => Told(base.Read(buffer, offset, count));

        private int Told(int count)
        {
            if (count == 0)
                cancel.Cancel();
            return count;
        }
    }
}
