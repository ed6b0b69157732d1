using System.Globalization;

namespace Melodies;

/// <summary>A tone and how long it sounds.</summary>
/// <param name="Pitch">Number of MIDI: 60 is the C in the middle of a piano.</param>
/// <param name="Eighths">Of a whole note.</param>
internal readonly record struct Note(int Pitch, int Eighths)
{
    private const int Octave = 12;

    private static readonly string[] Names = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];

    /// <summary>Such as "C4:2".</summary>
    public string Token => string.Create(CultureInfo.InvariantCulture, $"{Names[Pitch % Octave]}{(Pitch / Octave) - 1}:{Eighths}");

    public static Note Of(string token)
    {
        var (tone, length) = (token[..token.IndexOf(':')], token[(token.IndexOf(':') + 1)..]);
        var octave = int.Parse(tone[^1..], CultureInfo.InvariantCulture);
        return new(((octave + 1) * Octave) + Array.IndexOf(Names, tone[..^1]), int.Parse(length, CultureInfo.InvariantCulture));
    }
}
