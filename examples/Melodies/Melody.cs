namespace Melodies;

/// <summary>Four bars by rule: a motif in one scale and one rhythm, moved up or down from bar to bar, and the tonic at the end.</summary>
internal sealed class Melody
{
    public const int Bars = 4, EighthsOfBar = 8, MostNotes = 32, LowestPitch = 57, Pitches = 30;

    private const int Octave = 12;

    // Of each mode the steps of its scale within an octave.
    private static readonly int[][] Modes = [[0, 2, 4, 5, 7, 9, 11], [0, 2, 3, 5, 7, 8, 10]];

    // C, D, F, G and A, as tonics between the A below the middle C and the G above.
    private static readonly int[] Tonics = [60, 62, 65, 67, 57];

    private static readonly int[][] Rhythms =
    [
        [2, 2, 2, 2], [2, 1, 1, 2, 2], [1, 1, 2, 1, 1, 2], [4, 2, 2], [3, 1, 2, 2], [1, 1, 1, 1, 2, 2], [3, 1, 4], [2, 2, 4],
    ];

    // In degrees of the scale, as many as the longest rhythm has notes.
    private static readonly int[][] Motifs =
    [
        [0, 1, 2, 3, 4, 5], [4, 3, 2, 1, 0, 1], [0, 2, 4, 2, 0, 2], [4, 4, 3, 3, 2, 2], [0, 4, 3, 2, 1, 0], [2, 1, 0, 1, 2, 4],
    ];

    private static readonly int[][] Moves = [[0, 1, 2, 0], [0, 2, 1, 0], [0, 0, 3, 0], [2, 1, 0, 0]];

    /// <summary>Its notes, each as <see cref="Note.Token"/> writes it.</summary>
    public string[] Notes { get; init; } = [];

    public static Melody[] Make(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Make(random))];
    }

    /// <summary>Whether all notes are of one of the scales.</summary>
    public static bool IsInScale(IReadOnlyList<Note> notes)
        => notes.Count > 0 && Tonics.Any(tonic => Modes.Any(mode => notes.All(note => mode.Contains((note.Pitch - tonic + 60) % Octave))));

    /// <summary>Whether they fill the bars, no more and no less.</summary>
    public static bool IsOfRightLength(IReadOnlyList<Note> notes) => notes.Sum(note => note.Eighths) == Bars * EighthsOfBar;

    /// <summary>Whether each bar has the same rhythm, one of those that there are.</summary>
    public static bool KeepsRhythm(IReadOnlyList<Note> notes)
    {
        int[] lengths = [.. notes.Select(note => note.Eighths)];
        return Rhythms.Any(rhythm => lengths.SequenceEqual(Enumerable.Repeat(rhythm, Bars).SelectMany(bar => bar)));
    }

    private static Melody Make(Random random)
    {
        var (mode, tonic) = (Chosen(Modes, random), Tonics[random.Next(Tonics.Length)]);
        var (rhythm, motif, moves) = (Chosen(Rhythms, random), Chosen(Motifs, random), Chosen(Moves, random));
        List<string> notes = [];
        for (var bar = 0; bar < Bars; bar++)
        {
            for (var i = 0; i < rhythm.Length; i++)
            {
                var isLast = bar == Bars - 1 && i == rhythm.Length - 1;
                var degree = isLast ? 0 : motif[i] + moves[bar];
                notes.Add(new Note(tonic + Pitch(mode, degree), rhythm[i]).Token);
            }
        }
        return new() { Notes = [.. notes] };
    }

    private static int Pitch(int[] mode, int degree) => mode[degree % mode.Length] + (Octave * (degree / mode.Length));

    private static int[] Chosen(int[][] from, Random random) => from[random.Next(from.Length)];
}
