using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Tests.PublicApi;

/// <summary>Everything that users can name in an assembly, as text in the manner of C#, in an order that no build changes.</summary>
internal static class ApiPrinter
{
    private const BindingFlags Declared
        = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Print(Assembly assembly)
    {
        var text = new StringBuilder();
        // What the compiler makes of an extension block nobody can name: its members stand in the class around it.
        // Nor is what Orleans generates for types that go over the wire for users, though it must be public.
        var named = assembly.GetExportedTypes()
            .Where(type => !type.FullName!.Contains('<') && !type.FullName.StartsWith("OrleansCodeGen.", StringComparison.Ordinal));
        foreach (var type in named.OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(text.Length == 0 ? "" : "\n").Append(Header(type)).Append('\n');
            foreach (var member in Members(type))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Header(Type type)
    {
        var words = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => IsRecord(type) ? "record struct" : "struct",
            _ => Modifier(type) + (IsRecord(type) ? "record" : "class"),
        };
        string[] bases = [.. new[] { Base(type) }.OfType<string>(), .. Interfaces(type)];
        return $"{words} {type.FullName}{(bases.Length > 0 ? " : " : "")}{string.Join(", ", bases)}";
    }

    private static string Modifier(Type type) => type switch
    {
        { IsAbstract: true, IsSealed: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsSealed: true } => "sealed ",
        _ => "",
    };

    private static string? Base(Type type)
        => type.IsEnum ? (Enum.GetUnderlyingType(type) == typeof(int) ? null : TypeNames.Of(Enum.GetUnderlyingType(type)))
            : type.IsValueType || type.BaseType is null || type.BaseType == typeof(object) ? null
            : TypeNames.Of(type.BaseType);

    // A record's own IEquatable says nothing, nor do the interfaces that its base or another interface brings along.
    private static IEnumerable<string> Interfaces(Type type)
    {
        var all = type.IsEnum ? [] : type.GetInterfaces().Where(contract => contract.IsPublic).ToArray();
        return all
            .Except(type.BaseType?.GetInterfaces() ?? [])
            .Except(all.SelectMany(contract => contract.GetInterfaces()))
            .Where(contract => !(IsRecord(type) && contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IEquatable<>)))
            .Select(TypeNames.Of)
            .Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(value => $"{Enum.GetName(type, value)} = {value}");
        }

        return
        [
            .. Sorted(type.GetFields(Declared).Where(IsVisible), Field),
            .. Sorted(type.GetConstructors(Declared).Where(IsVisible), MemberText.Constructor),
            .. Sorted(
                type.GetProperties(Declared).Where(property => property.GetAccessors(nonPublic: true).Any(IsShown)),
                MemberText.Property
            ),
            .. Sorted(
                type.GetEvents(Declared).Where(e => IsVisible(e.AddMethod!)),
                e => $"event {TypeNames.Of(e.EventHandlerType!)} {e.Name}"
            ),
            .. Sorted(type.GetMethods(Declared).Where(method => IsVisible(method) && !IsAccessor(method)), MemberText.Method),
        ];
    }

    private static IEnumerable<string> Sorted<T>(IEnumerable<T> members, Func<T, string> print)
        where T : MemberInfo
        => members.Select(member => (member.Name, Text: print(member)))
            .OrderBy(member => member.Name, StringComparer.Ordinal).ThenBy(member => member.Text, StringComparer.Ordinal)
            .Select(member => member.Text);

    private static string Field(FieldInfo field)
        => field.IsLiteral
            ? $"const {TypeNames.Of(field.FieldType)} {field.Name} = {MemberText.Value(field.GetRawConstantValue())}"
            : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{TypeNames.Of(field)} {field.Name}";

    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", Declared) is not null;

    private static bool IsVisible(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    // What the compiler adds to every record is not repeated.
    private static bool IsVisible(MethodBase method) =>
        IsShown(method) && !method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    private static bool IsShown(MethodBase method)
        => (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && method.Name != "get_EqualityContract";

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);
}
