using System.Buffers.Binary;

namespace MLNet.Vae.Compression;

/// <summary>
/// A message as a stack of symbols: asymmetric numeral systems (Duda 2009), in the form with ranges, of a state of 64 bits and words of 32.
/// A symbol of probability frequency / 2^precision, pushed, makes it longer by −log₂ of that; popped, shorter by as much.
/// </summary>
internal sealed class AnsStack
{
    /// <summary>Most bits of a frequency.</summary>
    public const int MaximumPrecision = 31;

    // The state lies from 2³¹ to below 2⁶³.
    private const ulong Least = 1UL << 31;
    private const int WordBits = 32, StateBits = 63;

    private readonly List<uint> _words = [];
    private readonly Func<uint>? _more;
    private ulong _state = Least;

    /// <param name="more">
    /// Words for what is popped of an empty stack; <see langword="null"/>: it is never popped of more than was pushed.
    /// </param>
    public AnsStack(Func<uint>? more = null) => _more = more;

    /// <summary>Takes a message back.</summary>
    /// <param name="message">As <see cref="ToBytes"/> gives it.</param>
    /// <exception cref="DamagedMessageException">It is none.</exception>
    public AnsStack(ReadOnlySpan<byte> message)
    {
        if (message.Length < sizeof(ulong) || message.Length % sizeof(uint) != 0)
            throw new DamagedMessageException("its length is that of no message");
        _state = BinaryPrimitives.ReadUInt64LittleEndian(message);
        if (_state is < Least or >= 1UL << StateBits)
            throw new DamagedMessageException("it does not begin as a message does");
        for (var at = sizeof(ulong); at < message.Length; at += sizeof(uint))
            _words.Add(BinaryPrimitives.ReadUInt32LittleEndian(message[at..]));
    }

    /// <param name="start">Frequencies of the symbols before it.</param>
    /// <param name="frequency">Its own, from 1.</param>
    /// <param name="precision">All frequencies sum to 2 to this power.</param>
    public void Push(uint start, uint frequency, int precision)
    {
        if (_state >= (ulong)frequency << (StateBits - precision))
        {
            _words.Add((uint)_state);
            _state >>= WordBits;
        }
        _state = (_state / frequency << precision) + (_state % frequency) + start;
    }

    /// <summary>Where the topmost symbol lies: from its start to below its start and frequency.</summary>
    public uint Peek(int precision) => (uint)(_state & ((1UL << precision) - 1));

    /// <summary>Takes the topmost symbol away.</summary>
    /// <exception cref="DamagedMessageException">The message has ended.</exception>
    public void Pop(uint start, uint frequency, int precision)
    {
        _state = (frequency * (_state >> precision)) + Peek(precision) - start;
        if (_state < Least)
            _state = (_state << WordBits) | Word();
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[sizeof(ulong) + (_words.Count * sizeof(uint))];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, _state);
        for (var i = 0; i < _words.Count; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(sizeof(ulong) + (i * sizeof(uint))), _words[i]);
        return bytes;
    }

    private uint Word()
    {
        if (_words.Count == 0)
            return (_more ?? throw new DamagedMessageException("it ends too early"))();
        var word = _words[^1];
        _words.RemoveAt(_words.Count - 1);
        return word;
    }
}
