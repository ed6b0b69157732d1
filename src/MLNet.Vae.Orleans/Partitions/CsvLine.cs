using System.Text;

namespace MLNet.Vae.Partitions;

/// <summary>The fields of a line by RFC 4180, of values without quotes without the spaces around them.</summary>
internal sealed class CsvLine
{
    private const char Quote = '"', Comma = ',';

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<Range> _fields = [];

    // Fields are unquoted in place: none grows by that.
    private char[] _text = [];

    public int Count => _fields.Count;

    /// <param name="index">Below <see cref="Count"/>; up to the next line.</param>
    public ReadOnlySpan<char> this[int index] => _text.AsSpan()[_fields[index]];

    /// <param name="line">Without its end.</param>
    /// <returns>What is wrong with it; <see langword="null"/>: nothing.</returns>
    public string? Read(ReadOnlySpan<byte> line)
    {
        _fields.Clear();
        if (_text.Length < line.Length)
            _text = new char[2 * line.Length];
        int end;
        try
        {
            end = Utf8.GetChars(line, _text);
        }
        catch (DecoderFallbackException)
        {
            return "expected text in UTF-8, found other bytes. Save the file as UTF-8";
        }
        var write = 0;
        for (var at = 0; ; at++)
        {
            at = SkipSpaces(at, end);
            var start = write;
            if (at < end && _text[at] == Quote)
            {
                if (!Unquote(ref at, ref write, end))
                {
                    return "expected the end of a value in quotes, found the end of the line. A value with a line break cannot be read, "
                        + "as a file is shared out by lines: write it without, or read the file with an IVaePartitionReader of your own";
                }
                at = SkipSpaces(at, end);
                if (at < end && _text[at] != Comma)
                    return "expected a comma behind a value in quotes, found text. Double the quotes within it";
            }
            else
            {
                Copy(ref at, ref write, end);
            }
            _fields.Add(start..write);
            if (at >= end)
                return null;
        }
    }

    private int SkipSpaces(int at, int end)
    {
        while (at < end && _text[at] == ' ')
            at++;
        return at;
    }

    private void Copy(ref int at, ref int write, int end)
    {
        var value = _text.AsSpan(at, end - at);
        var comma = value.IndexOf(Comma);
        value = comma < 0 ? value : value[..comma];
        at += value.Length;
        value = value.TrimEnd(' ');
        value.CopyTo(_text.AsSpan(write));
        write += value.Length;
    }

    private bool Unquote(ref int at, ref int write, int end)
    {
        for (at++; at < end; at++)
        {
            if (_text[at] == Quote && (++at == end || _text[at] != Quote))
                return true;
            _text[write++] = _text[at];
        }
        return false;
    }
}
