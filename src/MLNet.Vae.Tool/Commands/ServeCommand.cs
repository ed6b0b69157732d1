using System.CommandLine;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MLNet.Vae.Tool.Terminals;

namespace MLNet.Vae.Tool.Commands;

/// <summary><c>serve</c>: scores over HTTP, on this machine alone.</summary>
internal sealed class ServeCommand
{
    private const int DefaultPort = 5000;

    private readonly Argument<string> _model = SharedOptions.Model();

    private readonly Option<int> _port = new("--port")
    {
        Description = $"Where to listen; 0: any that is free. Default: {DefaultPort}.",
        HelpName = "n",
        DefaultValueFactory = _ => DefaultPort,
    };

    public static Command Create(SharedOptions shared, Terminal terminal)
    {
        var options = new ServeCommand();
        options._port.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is < IPEndPoint.MinPort or > IPEndPoint.MaxPort)
                result.AddError($"--port must be from {IPEndPoint.MinPort} to {IPEndPoint.MaxPort}.");
        });
        var command = new Command("serve", "Scores rows over HTTP, on this machine alone, and takes the model anew once its file changes.")
        {
            options._model, options._port,
        };
        Job.On(command, shared, terminal, null, null, options.Run);
        return command;
    }

    private void Run(Job job, ParseResult parsed)
    {
        var path = parsed.GetRequiredValue(_model);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        // What cannot be started is said as one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, parsed.GetValue(_port)));
        builder.Services.AddVaeScoring(options => options.ModelPath = path);
        builder.Services.AddHealthChecks().AddVaeScoring();
        Serve(job, path, builder).GetAwaiter().GetResult();
    }

    private static async Task Serve(Job job, string path, WebApplicationBuilder builder)
    {
        await using var app = builder.Build();
        app.MapVaeScoring();
        app.MapHealthChecks("/health");
        await app.StartAsync(job.CancellationToken);
        job.Screen.Line($"serving {path} at {app.Urls.First()}: POST /score, POST /score/batch, GET /model, GET /health; Ctrl-C ends it");
        await app.WaitForShutdownAsync(job.CancellationToken);
    }
}
