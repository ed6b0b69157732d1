using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace MLNet.Vae.Tests.Options;

/// <summary>Options as text: every public property, groups of options below their own.</summary>
internal static class OptionText
{
    public static string Of(object options)
    {
        var text = new StringBuilder();
        Write(text, options, "");
        return text.ToString();
    }

    private static void Write(StringBuilder text, object options, string path)
    {
        var properties = options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance);
        foreach (var property in properties.OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            var value = property.GetValue(options);
            var name = path + property.Name;
            text.Append(CultureInfo.InvariantCulture, $"{name} = {Text(value)}\n");
            if (IsGroup(value))
            {
                Write(text, value, name + ".");
            }
        }
    }

    private static bool IsGroup([NotNullWhen(true)] object? value) => value is VaeScoringOptions
        || (value is not null and not Enum && value.GetType().Assembly == typeof(VaeOptions).Assembly);

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        CancellationToken token => token.CanBeCanceled ? "a token" : "none",
        _ when IsGroup(value) => value.GetType().Name,
        IEnumerable items => string.Join(", ", items.Cast<object>().Select(Text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
