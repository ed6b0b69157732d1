namespace Microsoft.ML.Runtime;

/// <summary>Checks that throw exceptions marked by their context.</summary>
internal static class Contracts
{
    private const string MarkKey = "ML_IsMarked";

    public static TException Mark<TException>(TException exception)
        where TException : Exception
    {
        exception.Data[MarkKey] = 1;
        return exception;
    }

    public static Exception Except(this IExceptionContext context, string message, Exception inner = null)
        => Process(context, new InvalidOperationException(message, inner));

    public static Exception ExceptParam(this IExceptionContext context, string name, string message)
        => Process(context, new ArgumentOutOfRangeException(name, message));

    public static Exception ExceptDecode(this IExceptionContext context, string message, Exception inner = null)
        => Process(context, new FormatException(message, inner));

    public static Exception ExceptColumn(this IExceptionContext context, string parameter, string role, string column)
        => ExceptParam(context, parameter, $"Could not find {role} column '{column}'");

    public static Exception ExceptColumn(this IExceptionContext context, string parameter, string role, string column, string expected, string actual)
        => ExceptParam(context, parameter, $"Schema mismatch for {role} column '{column}': expected {expected}, got {actual}");

    public static void Check(this IExceptionContext context, bool condition, string message)
    {
        if (!condition)
            throw Except(context, message);
    }

    /// <summary>For the types of the data view, whose exceptions nobody marks.</summary>
    public static void Require(bool condition, string name, string message = null)
    {
        if (!condition)
            throw message is null ? new ArgumentOutOfRangeException(name) : new ArgumentOutOfRangeException(name, message);
    }

    public static void CheckParam(bool condition, string name, string message = null) => CheckParam(null, condition, name, message);

    public static void CheckParam(this IExceptionContext context, bool condition, string name, string message = null)
    {
        if (!condition)
            throw Process(context, message is null ? new ArgumentOutOfRangeException(name) : new ArgumentOutOfRangeException(name, message));
    }

    public static T CheckValue<T>(T value, string name)
        where T : class => CheckValue(null, value, name);

    public static T CheckValue<T>(this IExceptionContext context, T value, string name)
        where T : class => value ?? throw Process(context, new ArgumentNullException(name));

    public static void CheckNonEmpty(this IExceptionContext context, string value, string name)
    {
        if (string.IsNullOrEmpty(value))
            throw ExceptParam(context, name, $"{name} cannot be null or empty");
    }

    private static Exception Process(IExceptionContext context, Exception exception) => context?.Process(exception) ?? Mark(exception);
}
