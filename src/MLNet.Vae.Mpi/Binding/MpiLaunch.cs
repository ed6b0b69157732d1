using System.Globalization;

namespace MLNet.Vae.Binding;

/// <summary>What the program that started this process says in its environment.</summary>
internal static class MpiLaunch
{
    private const string OpenMpiSize = "OMPI_COMM_WORLD_SIZE", MpichSize = "PMI_SIZE";

    /// <summary>Whether it was that of MPICH or of one of its kin.</summary>
    public static bool IsByMpich => Number(OpenMpiSize) is null && Number(MpichSize) is not null;

    /// <summary>Processes that it started; <see langword="null"/>: it does not say, or there was none.</summary>
    public static int? Size => Number(OpenMpiSize) ?? Number(MpichSize);

    private static int? Number(string variable)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
