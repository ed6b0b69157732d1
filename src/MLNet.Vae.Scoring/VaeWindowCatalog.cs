using MLNet.Vae;
using MLNet.Vae.Interop;

namespace Microsoft.ML;

/// <summary>Windows of series, in the catalog of transforms.</summary>
public static class VaeWindowCatalog
{
    /// <summary>Adds to each reading of a series the window that it ends; readings that end no whole window are left out.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">Name of the column of windows, <c>Vector&lt;Single, steps · channels&gt;</c>.</param>
    /// <param name="columns">Columns of the channels: numbers, or vectors of numbers of known size.</param>
    /// <param name="steps">Readings of a window, 2 to 65,536.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public static VaeWindowEstimator VaeWindow(
        this TransformsCatalog catalog, string outputColumnName, string[] columns, int steps = VaeWindowOptions.DefaultSteps)
        => catalog.VaeWindow(outputColumnName, new() { Columns = [.. columns ?? []], Steps = steps });

    /// <summary>Adds to each reading of a series the window that it ends; readings that end no whole window are left out.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">Name of the column of windows, <c>Vector&lt;Single, steps · channels&gt;</c>.</param>
    /// <param name="options">Channels, readings, stride, key, time.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public static VaeWindowEstimator VaeWindow(this TransformsCatalog catalog, string outputColumnName, VaeWindowOptions options)
        => new(MLNetInternals.Environment(catalog), outputColumnName, options);
}
