using System.Collections.Immutable;

namespace MLNet.Vae.Architectures;

/// <summary>What holds for the filters of every convolutional architecture.</summary>
internal static class FilterRules
{
    /// <summary>Most filters of a layer allowed.</summary>
    public const int MaximumFilters = 4_096;

    /// <summary>Most layers allowed each way.</summary>
    public const int MaximumLayers = 16;

    /// <summary>Largest kernel allowed.</summary>
    public const int MaximumKernelSize = 31;

    /// <param name="filters">Of each layer.</param>
    /// <param name="kernelSize">Of each filter.</param>
    /// <param name="stride">Of each filter.</param>
    /// <param name="place">What a filter moves over.</param>
    /// <param name="rows">What rows are.</param>
    public static IEnumerable<string> Faults(ImmutableArray<int> filters, int kernelSize, int stride, string place, string rows)
    {
        if (filters.IsDefaultOrEmpty)
        {
            yield return $"Filters is empty; give at least one layer, or choose {nameof(VaeArchitecture)}.{nameof(VaeArchitecture.Mlp)}";
        }
        else
        {
            if (filters.Length > MaximumLayers)
                yield return OptionFaults.Range("Filters.Length", filters.Length, 1, MaximumLayers);
            foreach (var count in filters.Where(f => f is < 1 or > MaximumFilters))
                yield return OptionFaults.Range("Filters", count, 1, MaximumFilters);
        }
        if (kernelSize is < 1 or > MaximumKernelSize)
        {
            yield return OptionFaults.Range("KernelSize", kernelSize, 1, MaximumKernelSize);
        }
        else if (stride < 1 || stride > kernelSize)
        {
            yield return OptionFaults.Expected(
                "Stride", stride, $"from 1 to KernelSize, {kernelSize}, so that no {place} is passed over");
        }
        else if (stride == 1 && kernelSize % 2 == 0)
        {
            yield return OptionFaults.Expected("KernelSize", kernelSize, $"odd where Stride is 1, so that {rows} keep their size");
        }
    }
}
