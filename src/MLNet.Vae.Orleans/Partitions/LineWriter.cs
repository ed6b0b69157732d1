using System.Globalization;

namespace MLNet.Vae.Partitions;

/// <summary>Writes lines of numbers, separated by commas: the shortest texts that give the same numbers when read.</summary>
internal sealed class LineWriter(Stream destination)
{
    private const int Capacity = 1 << 16, LongestNumber = 32;

    private readonly byte[] _buffer = new byte[Capacity];
    private int _length;
    private bool _isInLine;

    public void Add(float number)
    {
        if (_length > Capacity - LongestNumber)
            Flush();
        if (_isInLine)
            _buffer[_length++] = (byte)',';
        number.TryFormat(_buffer.AsSpan(_length), out var written, default, CultureInfo.InvariantCulture);
        _length += written;
        _isInLine = true;
    }

    public void EndLine()
    {
        _buffer[_length++] = (byte)'\n';
        _isInLine = false;
    }

    public void Flush()
    {
        destination.Write(_buffer, 0, _length);
        _length = 0;
    }
}
