using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Gives extension methods a catalog's environment.</summary>
internal interface IInternalCatalog
{
    IHostEnvironment Environment { get; }
}

internal static class CatalogUtils
{
    public static IHostEnvironment GetEnvironment(this IInternalCatalog catalog) => Contracts.CheckValue(catalog, nameof(catalog)).Environment;
}
