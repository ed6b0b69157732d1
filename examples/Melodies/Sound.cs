using MLNet.Vae;
using NAudio.Midi;

namespace Melodies;

/// <summary>Melodies as files of MIDI and as a picture.</summary>
internal static class Sound
{
    private const int TicksOfEighth = 240, TicksOfQuarter = 480, Velocity = 90, Channel = 1, MicrosecondsOfQuarter = 500_000;
    private const int PixelsOfEighth = 3, Enlargement = 3;

    public static void WriteMidi(string path, IReadOnlyList<Note> notes)
    {
        var events = new MidiEventCollection(midiFileType: 1, TicksOfQuarter);
        events.AddEvent(new TempoEvent(MicrosecondsOfQuarter, 0), 0);
        var time = 0L;
        foreach (var note in notes)
        {
            var on = new NoteOnEvent(time, Channel, note.Pitch, Velocity, note.Eighths * TicksOfEighth);
            events.AddEvent(on, 1);
            events.AddEvent(on.OffEvent!, 1);
            time += note.Eighths * TicksOfEighth;
        }
        events.PrepareForExport();
        MidiFile.Export(path, events);
    }

    /// <summary>One below the other: time from left to right, pitch from below.</summary>
    public static void WriteRolls(string path, IEnumerable<IReadOnlyList<Note>> melodies)
    {
        const int Width = Melody.Bars * Melody.EighthsOfBar * PixelsOfEighth;
        var shape = new ImageShape(Melody.Pitches, Width, 1, PixelLayout.Planar);
        VaePicture.Grid(shape, [.. melodies.Select(Roll)], columns: 1, scale: Enlargement).SavePng(path);

        float[] Roll(IReadOnlyList<Note> notes)
        {
            var roll = new float[Melody.Pitches * Width];
            var start = 0;
            foreach (var note in notes)
            {
                var (line, length) = (Melody.LowestPitch + Melody.Pitches - 1 - note.Pitch, note.Eighths * PixelsOfEighth);
                // Without its last pixel, so that two of one pitch are seen as two.
                for (var x = start; x < Math.Min(start + length - 1, Width); x++)
                    roll[(line * Width) + x] = 1;
                start += length;
            }
            return roll;
        }
    }
}
