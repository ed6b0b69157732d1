using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Calls a generic method with types known at run time.</summary>
internal static class Generic
{
    public static object Call(Delegate template, Type type, params object[] arguments) => Call(template, [type], arguments);

    public static object Call(Delegate template, Type[] types, params object[] arguments)
        => template.Method.GetGenericMethodDefinition().MakeGenericMethod(types)
            .Invoke(template.Target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
}
