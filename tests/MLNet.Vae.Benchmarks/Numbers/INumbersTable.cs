namespace MLNet.Vae.Benchmarks.Numbers;

/// <summary>One thing that is measured against known figures.</summary>
internal interface INumbersTable
{
    /// <summary>For <c>--only</c>: lower case, words joined by hyphens.</summary>
    string Name { get; }

    string Title { get; }

    /// <summary>Files that it reads, below the data folder.</summary>
    IReadOnlyList<string> Files { get; }

    /// <summary>What is measured and how, seeds included; a paragraph of Markdown.</summary>
    string Describe(NumbersOptions options);

    IEnumerable<MarkdownTable> Measure(NumbersOptions options);
}
