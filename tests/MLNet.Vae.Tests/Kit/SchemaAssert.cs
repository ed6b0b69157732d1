using Microsoft.ML;

namespace MLNet.Vae.Tests.Kit;

/// <summary>Equality of schemas and of shapes, annotations included.</summary>
internal static class SchemaAssert
{
    /// <summary>Same columns in the same order: names, types, hidden or not, annotations and their values.</summary>
    public static void Same(DataViewSchema expected, DataViewSchema actual, params string[] withoutAnnotations)
    {
        Assert.Equal(expected.Select(column => column.Name), actual.Select(column => column.Name));
        foreach (var column in expected)
        {
            var other = actual[column.Index];
            Assert.True(column.Type.Equals(other.Type), $"{column.Name} is {column.Type} and {other.Type}");
            Assert.True(column.IsHidden == other.IsHidden, $"{column.Name} is hidden in one schema only");
            if (!withoutAnnotations.Contains(column.Name))
            {
                SameAnnotations(column.Name, column.Annotations, other.Annotations);
            }
        }
    }

    /// <summary>What was promised is delivered, and nothing else.</summary>
    public static void SameShape(SchemaShape promised, SchemaShape delivered)
    {
        var expected = promised.OrderBy(column => column.Name, StringComparer.Ordinal).Select(Describe);
        var actual = delivered.OrderBy(column => column.Name, StringComparer.Ordinal).Select(Describe);
        Assert.Equal(expected, actual);
    }

    private static string Describe(SchemaShape.Column column)
    {
        var annotations = column.Annotations.OrderBy(annotation => annotation.Name, StringComparer.Ordinal).Select(Describe);
        return $"{column.Name}: {column.Kind} of {(column.IsKey ? "key " : "")}{column.ItemType} [{string.Join(", ", annotations)}]";
    }

    private static void SameAnnotations(string column, DataViewSchema.Annotations expected, DataViewSchema.Annotations actual)
    {
        var names = expected.Schema.Select(annotation => annotation.Name).Order(StringComparer.Ordinal);
        var otherNames = actual.Schema.Select(annotation => annotation.Name).Order(StringComparer.Ordinal);
        Assert.True(
            names.SequenceEqual(otherNames),
            $"{column} has the annotations [{string.Join(", ", names)}] and [{string.Join(", ", otherNames)}]"
        );
        foreach (var annotation in expected.Schema)
        {
            var other = actual.Schema[annotation.Name];
            Assert.True(annotation.Type.Equals(other.Type), $"{column}'s {annotation.Name} is {annotation.Type} and {other.Type}");
            var value = AnnotationValue(expected, annotation);
            var otherValue = AnnotationValue(actual, other);
            Assert.True(value == otherValue, $"{column}'s {annotation.Name} is {value} and {otherValue}");
        }
    }

    private static string AnnotationValue(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
        => ColumnReader.Create(annotation, new AnnotationGetters(annotations)).ReadText();

    private sealed class AnnotationGetters(DataViewSchema.Annotations annotations) : IGetters
    {
        public ValueGetter<T> Get<T>(DataViewSchema.Column column) => annotations.GetGetter<T>(column);
    }
}
