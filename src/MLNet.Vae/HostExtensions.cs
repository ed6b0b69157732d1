using Microsoft.ML.Runtime;

namespace MLNet.Vae;

/// <summary>Marks errors as ML.NET marks its own, so that its tools tell them from crashes.</summary>
internal static class HostExtensions
{
    public static T Marked<T>(this IExceptionContext context, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            context.Process(fault);
            throw;
        }
    }

    public static void Check(this IExceptionContext context, VaeModelOptions options) => context.Marked(() =>
    {
        options.Check();
        return options;
    });
}
