using Microsoft.ML.Data;
using MLNet.Vae.Noise;

namespace MLNet.Vae.Interop;

/// <summary>ML.NET's row ids as those that random numbers depend on.</summary>
internal static class RowIds
{
    public static RowId Of(DataViewRowId id) => new(id.Low, id.High);
}
