using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MLNet.Vae.Endpoints;

/// <summary>Reads bodies, scores, answers.</summary>
internal sealed class ScoringEndpoints(Func<VaeScoringService> service)
{
    private const string NotScored = "The rows cannot be scored.";

    // Rows are objects of numbers, texts and vectors: an array, an object, a vector.
    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    public Task<IResult> Score(HttpRequest request, CancellationToken cancellationToken)
        => Answer(request, body => TypedResults.Ok(service().Score(body)), cancellationToken);

    public Task<IResult> ScoreBatch(HttpRequest request, CancellationToken cancellationToken) => Answer(
        request,
        body =>
        {
            var most = service().Options.MaximumRows;
            return body.ValueKind == JsonValueKind.Array && body.GetArrayLength() is var rows && rows > most
                ? Problem(
                    StatusCodes.Status413PayloadTooLarge,
                    string.Create(CultureInfo.InvariantCulture, $"Expected at most {most:N0} rows, found {rows:N0}. Send them in parts."))
                : TypedResults.Ok(service().ScoreBatch(body));
        },
        cancellationToken);

    public Ok<ModelAnswer> Model()
    {
        var (scoring, info) = (service(), service().Info);
        var status = scoring.Status;
        return TypedResults.Ok(new ModelAnswer(
            scoring.Columns, info.ScoreKind, info.Threshold, status.LoadedAt, status.Reloads, status.Fault is null, status.AnomalousShare,
            status.PopulationStabilityIndex));
    }

    private static async Task<IResult> Answer(
        HttpRequest request, Func<JsonElement, IResult> answer, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return Problem(
                StatusCodes.Status415UnsupportedMediaType,
                $"Expected a body of the type application/json, found \"{request.ContentType}\".");
        }
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, Json, cancellationToken);
            return answer(body.RootElement);
        }
        catch (VaeRowException fault)
        {
            return Problem(StatusCodes.Status400BadRequest, fault.Message, fault.Faults);
        }
        catch (JsonException fault)
        {
            return Problem(StatusCodes.Status400BadRequest, $"The body cannot be read as JSON: {fault.Message}");
        }
        catch (BadHttpRequestException fault)
        {
            return Problem(fault.StatusCode, fault.Message);
        }
    }

    private static ProblemHttpResult Problem(int status, string detail, IReadOnlyList<VaeRowFault>? faults = null) => TypedResults.Problem(
        detail,
        statusCode: status,
        title: NotScored,
        extensions: faults is null ? null : new Dictionary<string, object?> { ["faults"] = faults });
}
