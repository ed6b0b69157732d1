using System.Diagnostics;
using MLNet.Vae.Benchmarks.Speed;

namespace MLNet.Vae.Tests.Benchmarks;

public class ChildProcessTests
{
    [Fact]
    public void A_child_that_says_what_is_expected_and_succeeds_is_timed()
        => Assert.InRange(Seconds("echo first-run 0.5", "first-run"), double.Epsilon, double.MaxValue);

    [Fact]
    public void A_race_whose_child_fails_has_no_figure()
    {
        var race = new Race("Start", "", new Contender("a child", () => Seconds("echo first-run 0.5&& exit 3", "first-run")));

        var error = Assert.Throws<InvalidOperationException>(() => race.Run(rounds: 1));

        Assert.EndsWith("failed: its exit code is 3.", error.Message);
    }

    [Theory]
    [InlineData("echo Unrecognized argument", "'Unrecognized argument'")]
    [InlineData("echo first-run NaN", "'first-run NaN'")]
    [InlineData("exit 0", "nothing")]
    public void A_child_that_says_something_else_has_no_figure(string script, string said)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Seconds(script, "first-run"));

        Assert.EndsWith($"wrote {said}, which is not the line expected.", error.Message);
    }

    [Fact]
    public void The_output_of_a_child_that_fails_is_not_taken() =>
        Assert.EndsWith(
            "failed: its exit code is 3.",
            Assert.Throws<InvalidOperationException>(() => ChildProcess.Output(Shell("echo {}&& exit 3"))).Message
        );

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_time_that_no_work_takes_fails_the_race(double seconds)
    {
        var race = new Race("Start", "", new Contender("a child", () => seconds));

        Assert.Throws<InvalidOperationException>(() => race.Run(rounds: 1));
    }

    [Fact]
    public void An_executable_of_its_own_is_not_told_where_its_assembly_is() =>
        Assert.Equal(
            ["child", "first-run", "model"],
            Child.Command("/here/MLNet.Vae.Benchmarks", "/here/MLNet.Vae.Benchmarks.dll", "first-run", "model").ArgumentList
        );

    [Fact]
    public void The_host_is_told_what_to_run() =>
        Assert.Equal(
            ["/here/MLNet.Vae.Benchmarks.dll", "child", "first-run"],
            Child.Command("/usr/bin/dotnet", "/here/MLNet.Vae.Benchmarks.dll", "first-run").ArgumentList
        );

    private static double Seconds(string script, string job) =>
        ChildProcess.SecondsToFirstLine(Shell(script), line => Child.IsLine(job, line));

    private static ProcessStartInfo Shell(string script)
        => OperatingSystem.IsWindows() ? new("cmd", ["/c", script]) : new("sh", ["-c", script]);
}
