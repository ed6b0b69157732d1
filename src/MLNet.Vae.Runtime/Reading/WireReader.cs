namespace MLNet.Vae.Reading;

/// <summary>The kinds of a field's value in Protocol Buffers' encoding; those of groups are left out, which no schema here has.</summary>
internal enum WireKind
{
    Number = 0,
    Eight = 1,
    Bytes = 2,
    Four = 5,
}

/// <summary>The fields of one message in Protocol Buffers' encoding, one after the other. Makes nothing of them.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Bytes not yet read.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>The number of the field that was read.</summary>
    public int Field { get; private set; }

    public WireKind Kind { get; private set; }

    /// <summary>What the field holds where it is <see cref="WireKind.Bytes"/>.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>False where what follows is no field, or is cut off.</summary>
    public bool TryRead()
    {
        if (!TryReadNumber(out var tag) || tag > uint.MaxValue)
            return false;
        (Field, Kind) = ((int)(tag >> 3), (WireKind)(tag & 7));
        Content = default;
        return Field > 0 && Kind switch
        {
            WireKind.Number => TryReadNumber(out _),
            WireKind.Eight => TrySkip(sizeof(ulong)),
            WireKind.Bytes => TryReadNumber(out var length) && TrySkip(length),
            WireKind.Four => TrySkip(sizeof(uint)),
            _ => false,
        };
    }

    private bool TrySkip(ulong length)
    {
        if (length > (ulong)_rest.Length)
            return false;
        Content = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }

    /// <summary>Seven bits a byte, the lowest first; the highest bit says whether another follows.</summary>
    private bool TryReadNumber(out ulong number)
    {
        const int MostBytes = 10, Bits = 7;
        number = 0;
        for (var i = 0; i < Math.Min(MostBytes, _rest.Length); i++)
        {
            number |= (ulong)(_rest[i] & 0x7F) << (Bits * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return true;
            }
        }
        return false;
    }
}
