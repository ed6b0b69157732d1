using Microsoft.Extensions.Options;

namespace MLNet.Vae.Tests.Hosting;

public class HostingOptionsTests
{
    [Fact]
    public void All_faults_are_said_at_once()
    {
        using var file = new ServedFile();
        file.Serve(options =>
        {
            options.ModelPath = " ";
            options.PollInterval = TimeSpan.Zero;
            options.SettleTime = TimeSpan.FromDays(2);
            options.MaximumRows = 0;
            options.MaximumBodyBytes = 0;
            options.WindowRows = 99;
            options.Scoring = new() { Threads = 0 };
        });
        var fault = Assert.Throws<OptionsValidationException>(() => file.Service);
        Assert.Equal(
            """
            The model cannot be served like this, 7 faults:
            - ModelPath must name a model.zip or scorer.onnx, but is empty
            - PollInterval must be above 0 and at most a day, but is 00:00:00
            - SettleTime must be from 0 to a day, but is 2.00:00:00
            - MaximumRows must be at least 1, but is 0
            - MaximumBodyBytes must be at least 1, but is 0
            - WindowRows must be from 100 to 10000000, but is 99
            - VaeScoringOptions.Threads must be at least 1, or null, but is 0
            """.ReplaceLineEndings("\n"),
            fault.Message);
    }
}
