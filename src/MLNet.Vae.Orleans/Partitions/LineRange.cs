namespace MLNet.Vae.Partitions;

/// <summary>The lines of a file whose first byte lies in a range of bytes: ranges side by side share every line out once.</summary>
internal sealed class LineRange : IDisposable
{
    private const byte NewLine = (byte)'\n', CarriageReturn = (byte)'\r';
    private const int FirstBuffer = 1 << 16;

    // A row of numbers is shorter; a file without lines is no text, and must not fill the memory.
    private const int LongestLine = 1 << 26;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly string _path;
    private readonly FileStream _file;
    private readonly long _to;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _start, _end;

    // Of the first byte that is not read yet.
    private long _at;

    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public LineRange(string path, long from, long to)
    {
        (_path, _to) = (path, to);
        _file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        // From one byte before: if that ends a line, the range begins with a whole one; otherwise what is left of the line is the range's
        // before.
        _at = Math.Max(0, from - 1);
        _file.Position = _at;
        if (from > 0)
            TryTake(out _);
    }

    /// <summary>Where the line begins that was read last.</summary>
    public long Position { get; private set; }

    /// <summary>Where the second line of a file begins; its length where it has one alone.</summary>
    public static long SecondLine(string path)
    {
        using var range = new LineRange(path, 0, long.MaxValue);
        range.TryTake(out _);
        return range._at;
    }

    /// <param name="line">Without its end and a byte order mark, up to the next call.</param>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        Position = _at;
        line = default;
        if (_at >= _to || !TryTake(out line))
            return false;
        line = line is [.., CarriageReturn] ? line[..^1] : line;
        line = Position == 0 && line.StartsWith(ByteOrderMark) ? line[ByteOrderMark.Length..] : line;
        return true;
    }

    public void Dispose() => _file.Dispose();

    private bool TryTake(out ReadOnlySpan<byte> line)
    {
        var looked = _start;
        while (true)
        {
            var length = _buffer.AsSpan(looked, _end - looked).IndexOf(NewLine);
            if (length >= 0)
                return Take(looked + length, ends: 1, out line);
            looked = _end - _start;
            Shift();
            var read = _file.Read(_buffer.AsSpan(_end));
            if (read == 0)
                return Take(_end, ends: 0, out line);
            _end += read;
        }
    }

    private bool Take(int end, int ends, out ReadOnlySpan<byte> line)
    {
        line = _buffer.AsSpan(_start, end - _start);
        _at += line.Length + ends;
        _start = end + ends;
        return line.Length + ends > 0;
    }

    /// <summary>What is left goes to the front, and there is room behind it.</summary>
    private void Shift()
    {
        var left = _end - _start;
        if (left == LongestLine)
        {
            throw new InvalidDataException(
                FormattableString.Invariant($"'{_path}', line that begins at byte {_at}: expected a row of numbers, found ")
                    + FormattableString.Invariant($"{LongestLine:N0} bytes without an end of line. Give a text file."));
        }
        var buffer = left == _buffer.Length ? new byte[2 * left] : _buffer;
        _buffer.AsSpan(_start, left).CopyTo(buffer);
        (_buffer, _start, _end) = (buffer, 0, left);
    }
}
