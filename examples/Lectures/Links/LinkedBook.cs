using Microsoft.ML.Data;

namespace Lectures.Links;

/// <summary>A book and the pages that it links to.</summary>
internal sealed class LinkedBook
{
    /// <summary>Links that there are.</summary>
    public const int AllLinks = 600;

    public required string Title { get; init; }

    public required string Topic { get; init; }

    /// <summary>1 where the book has the link, 0 elsewhere.</summary>
    [VectorType(AllLinks)]
    public required float[] Links { get; init; }
}
