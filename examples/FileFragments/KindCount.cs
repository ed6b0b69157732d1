namespace FileFragments;

/// <summary>What the corpus has of one kind.</summary>
internal sealed record KindCount(string Kind, int TrainFiles, int TrainFragments, int TestFiles, int TestFragments);
