using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MLNet.Vae;
using MLNet.Vae.Endpoints;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Gives served models their addresses.</summary>
public static class VaeScoringEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps <c>POST score</c>, which takes a row as a JSON object, <c>POST score/batch</c>, which takes an array of them, and
    /// <c>GET model</c>, which tells the columns that rows must have.
    /// </summary>
    /// <remarks>
    /// Answers are <see cref="VaeRowResult"/>. What cannot be scored gets a problem document (RFC 9457) with "faults", a
    /// <see cref="VaeRowFault"/> each: 400 for rows, 413 for too many or too large ones, 415 for what is no JSON.
    /// </remarks>
    /// <param name="endpoints">The program's endpoints.</param>
    /// <param name="prefix">Before their addresses; empty: nothing.</param>
    /// <param name="name">What the model was added as; empty: that without a name.</param>
    /// <returns>All three, to be given limits, authorisation and the like.</returns>
    public static RouteGroupBuilder MapVaeScoring(this IEndpointRouteBuilder endpoints, string prefix = "", string name = "")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(name);
        var scoring = new ScoringEndpoints(() => endpoints.ServiceProvider.GetVaeScoring(name));
        var group = endpoints.MapGroup(prefix).WithTags(name.Length == 0 ? "scoring" : name);
        Scoring(group.MapPost("score", scoring.Score))
            .Produces<VaeRowResult>().WithSummary("Scores a row.");
        Scoring(group.MapPost("score/batch", scoring.ScoreBatch))
            .Produces<IReadOnlyList<VaeRowResult>>().WithSummary("Scores rows.");
        group.MapGet("model", scoring.Model).WithSummary("The columns that rows must have, and how the model is.");
        return group;

        RouteHandlerBuilder Scoring(RouteHandlerBuilder handler) => handler
            .WithMetadata(new BodyLimit(() => endpoints.ServiceProvider.GetVaeScoring(name).Options.MaximumBodyBytes))
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
    }
}
