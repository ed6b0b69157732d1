namespace FileFragments;

/// <summary>The fragments to train on and to test on, from different files.</summary>
internal sealed record Corpus(
    IReadOnlyList<Fragment> Train,
    IReadOnlyList<Fragment> Test,
    IReadOnlyList<KindCount> Kinds,
    IReadOnlyList<string> Notes
);
