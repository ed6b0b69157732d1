using Microsoft.AspNetCore.RateLimiting;
using MLNet.Vae;
using OpenTelemetry.Metrics;
using Service;

// dotnet run -c Release --project examples/Service -- [model.zip] [--urls http://127.0.0.1:5000]
var isNamed = args is [var first, ..] && !first.StartsWith('-');
var model = isNamed ? args[0] : Path.Combine("artifacts", "service", "orders.zip");
if (!isNamed && !File.Exists(model))
    SampleModel.Train(model);

var builder = WebApplication.CreateSlimBuilder(isNamed ? args[1..] : args);
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.Services.AddVaeScoring(options =>
{
    options.ModelPath = model;
    options.MaximumRows = 10_000;
    options.MaximumBodyBytes = 16 << 20;
});
builder.Services.AddHealthChecks().AddVaeScoring();
builder.Services.AddProblemDetails();
builder.Services.AddOpenApi(options => options.AddOperationTransformer<RowSchema>());
builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
    .AddMeter(VaeScoringMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
    .AddPrometheusExporter());

// Scoring takes a core each: more at once would wait for each other with their bodies in memory. What waits too long in line is told so.
builder.Services.AddRateLimiter(limiter =>
{
    limiter.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
    limiter.AddConcurrencyLimiter("scoring", options =>
    {
        options.PermitLimit = 2 * Environment.ProcessorCount;
        options.QueueLimit = 500;
    });
});

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseRateLimiter();
app.MapVaeScoring().RequireRateLimiting("scoring");
app.MapHealthChecks("/health");
app.MapOpenApi();
app.MapPrometheusScrapingEndpoint();
app.Run();
