using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace MLNet.Vae.Tests.PublicApi;

/// <summary>Members in the manner of C#.</summary>
internal static class MemberText
{
    public static string Constructor(ConstructorInfo constructor)
        => $"{Access(constructor)}{constructor.DeclaringType!.Name}({Parameters(constructor)})";

    public static string Property(PropertyInfo property)
    {
        MethodInfo[] accessors =
        [
            .. new[] { property.GetMethod, property.SetMethod }
                .OfType<MethodInfo>()
                .Where(accessor => !accessor.IsPrivate && !accessor.IsAssembly),
        ];
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var kinds = accessors.Select(accessor => accessor == property.GetMethod ? "get;" : IsInit(accessor) ? "init;" : "set;");
        return $"{Access(accessors[0])}{Modifiers(accessors[0])}{required}{TypeNames.Of(property)} {property.Name} {{ "
            + $"{string.Join(' ', kinds)} }}";
    }

    public static string Method(MethodInfo method)
    {
        var extends = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        var generics = method.IsGenericMethod
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>"
            : "";
        return $"{Access(method)}{Modifiers(method)}{TypeNames.Of(method.ReturnParameter)} "
            + $"{method.Name}{generics}({extends}{Parameters(method)})";
    }

    public static string Value(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        Enum choice => $"{choice.GetType().Name}.{choice}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var kind = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params "
            : parameter.IsOut ? "out "
            : parameter.IsIn ? "in "
            : parameter.ParameterType.IsByRef ? "ref "
            : "";
        return $"{kind}{TypeNames.Of(parameter)} "
            + $"{parameter.Name}{(parameter.HasDefaultValue ? $" = {Value(parameter.DefaultValue)}" : "")}";
    }

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method) => method switch
    {
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        _ when method.GetBaseDefinition() != method => "override ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
}
