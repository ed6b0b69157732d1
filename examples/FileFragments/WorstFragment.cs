namespace FileFragments;

/// <summary>A fragment that is least like text, and the bins that gave it away with what each contributed to the score.</summary>
internal sealed record WorstFragment(Fragment Fragment, float Score, IReadOnlyList<(string Bin, float Contribution)> Reasons);
