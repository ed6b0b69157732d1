using Microsoft.AspNetCore.Http.Metadata;

namespace MLNet.Vae.Endpoints;

/// <summary>What the server reads of a body at most.</summary>
internal sealed class BodyLimit(Func<long> bytes) : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => bytes();
}
