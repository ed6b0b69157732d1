using System.Text.Json.Serialization;

namespace MLNet.Vae.Tool.Results;

/// <summary>The documents that <c>--json</c> writes.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FitResult))]
[JsonSerializable(typeof(ScoreResult))]
[JsonSerializable(typeof(ExplainResult))]
[JsonSerializable(typeof(ImputeResult))]
[JsonSerializable(typeof(SampleResult))]
[JsonSerializable(typeof(ReportResult))]
internal sealed partial class ResultJson : JsonSerializerContext;
