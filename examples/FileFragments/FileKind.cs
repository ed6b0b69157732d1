using System.Buffers.Binary;

namespace FileFragments;

/// <summary>The kinds of file told apart, recognised by content.</summary>
internal static class FileKind
{
    public const string Archive = "archive";
    public const string Assembly = "assembly";
    public const string Image = "image";
    public const string Json = "json";
    public const string Native = "native";
    public const string Text = "text";
    public const string Xml = "xml";

    /// <summary>Bytes from the start of a file that tell its kind.</summary>
    public const int HeadLength = 4096;

    public static IReadOnlyList<string> All { get; } = [Text, Xml, Json, Assembly, Native, Image, Archive];

    public static bool IsTextual(string kind) => kind is Text or Xml or Json;

    /// <returns>A kind, or <see langword="null"/> for a file of no kind told apart here.</returns>
    public static string? Of(string name, ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\x03\x04"u8) || head.StartsWith<byte>([0x1F, 0x8B]))
        {
            return Archive;
        }

        if (head.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G']) || head.StartsWith("GIF8"u8)
            || head.StartsWith<byte>([0xFF, 0xD8, 0xFF]) || head.StartsWith<byte>([0, 0, 1, 0]))
        {
            return Image;
        }

        if (head.StartsWith<byte>([0x7F, (byte)'E', (byte)'L', (byte)'F']))
        {
            return Native;
        }

        if (head.StartsWith("MZ"u8))
        {
            return HasCliHeader(head) ? Assembly : Native;
        }

        return IsText(head) ? TextKind(name, head) : null;
    }

    /// <summary>Whether a portable executable is managed: entry 14 of the data directories of its optional header is not empty.</summary>
    private static bool HasCliHeader(ReadOnlySpan<byte> head)
    {
        const int offsetOfHeaderOffset = 0x3C;
        const int optionalHeader = 24;
        const ushort pe32Plus = 0x20B;
        const int cliDirectory = 14 * 8;
        if (!TryRead(head, offsetOfHeaderOffset, out var header) || !TryRead(head, header + optionalHeader, out var magic))
        {
            return false;
        }

        var directories = header + optionalHeader + ((ushort)magic == pe32Plus ? 112 : 96);
        return TryRead(head, directories + cliDirectory, out var cliHeader) && cliHeader != 0;
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes, int offset, out int value)
    {
        value = 0;
        return offset >= 0 && offset < bytes.Length && BinaryPrimitives.TryReadInt32LittleEndian(bytes[offset..], out value);
    }

    private static bool IsText(ReadOnlySpan<byte> head)
    {
        foreach (var value in head)
        {
            if (value < ' ' && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f'))
            {
                return false;
            }
        }

        return !head.IsEmpty;
    }

    private static string TextKind(string name, ReadOnlySpan<byte> head)
    {
        var text = head.StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? head[3..] : head;
        text = text.TrimStart(" \t\r\n"u8);
        return text.StartsWith("<"u8) ? Xml
            : Path.GetExtension(name) is ".json" or ".map" ? Json
            : Text;
    }
}
