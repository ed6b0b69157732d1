using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Where this machine's libstdc++ lacks a symbol version that an x86-64 ELF library asks for, writes a copy of the library that asks
/// for it weakly: one bit of its <c>.gnu.version_r</c> (VER_FLG_WEAK; ELF, Linux Standard Base 5.0, "Version Requirements").
/// </summary>
public class WeakenSymbolVersion : Task
{
    private const uint VersionNeedsSection = 0x6ffffffe;
    private const ushort Weak = 2;

    public string Library { get; set; }

    public string Version { get; set; }

    public string Copy { get; set; }

    /// <summary>Whether the copy is for machines other than this one, which may lack the version.</summary>
    public bool ForAnyMachine { get; set; }

    /// <summary>Whether the copy is to be used: false where the machine has the version, or the library does not ask for it.</summary>
    [Output]
    public bool Written { get; set; }

    public override bool Execute()
    {
        try
        {
            if (!ForAnyMachine && MachineHas(Version))
                return true;
            Written = File.Exists(Copy) && File.GetLastWriteTimeUtc(Copy) >= File.GetLastWriteTimeUtc(Library) || WriteCopy();
        }
        catch (Exception exception) when (exception is IOException || exception is UnauthorizedAccessException || exception is InvalidDataException)
        {
            Log.LogError("{0} could not be treated: {1}", Library, exception.Message);
        }
        return !Log.HasLoggedErrors;
    }

    /// <summary>A machine without a libstdc++ where it is looked for keeps the library as it is.</summary>
    private static bool MachineHas(string version)
    {
        var folders = (Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") ?? "").Split(':')
            .Concat(new[] { "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64", "/usr/lib" });
        var found = folders.Where(folder => folder != "").Select(folder => Path.Combine(folder, "libstdc++.so.6")).FirstOrDefault(File.Exists);
        return found is null || IndexOf(File.ReadAllBytes(found), Encoding.ASCII.GetBytes(version + "\0")) >= 0;
    }

    /// <returns>Whether there is anything to weaken.</returns>
    private bool WriteCopy()
    {
        var bytes = File.ReadAllBytes(Library);
        var flags = FlagsOf(bytes).ToList();
        if (flags.Count == 0)
            return false;
        foreach (var at in flags)
            bytes[at] |= (byte)Weak;
        Directory.CreateDirectory(Path.GetDirectoryName(Copy));
        // Projects are built side by side: written under a name of its own, then moved into place.
        var unfinished = Copy + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(unfinished, bytes);
        if (File.Exists(Copy))
            File.Delete(Copy);
        try
        {
            File.Move(unfinished, Copy);
        }
        catch (IOException) when (File.Exists(Copy))
        {
            File.Delete(unfinished);
        }
        return true;
    }

    /// <summary>The places of <c>vna_flags</c> of each entry that asks for the version.</summary>
    private IEnumerable<int> FlagsOf(byte[] elf)
    {
        if (elf.Length < 64 || elf[0] != 0x7f || elf[1] != 'E' || elf[2] != 'L' || elf[3] != 'F' || elf[4] != 2 || elf[5] != 1)
            throw new InvalidDataException("it is not a 64-bit little-endian ELF file.");
        var sections = (int)BitConverter.ToUInt64(elf, 0x28);
        int size = BitConverter.ToUInt16(elf, 0x3a), count = BitConverter.ToUInt16(elf, 0x3c);
        for (var i = 0; i < count; i++)
        {
            var header = sections + i * size;
            if (BitConverter.ToUInt32(elf, header + 4) != VersionNeedsSection)
                continue;
            var need = (int)BitConverter.ToUInt64(elf, header + 0x18);
            var needs = BitConverter.ToUInt32(elf, header + 0x2c);
            var names = (int)BitConverter.ToUInt64(elf, sections + (int)BitConverter.ToUInt32(elf, header + 0x28) * size + 0x18);
            for (var n = 0; n < needs; n++)
            {
                var entry = need + (int)BitConverter.ToUInt32(elf, need + 8);
                for (var v = 0; v < BitConverter.ToUInt16(elf, need + 2); v++)
                {
                    var name = names + (int)BitConverter.ToUInt32(elf, entry + 8);
                    if (Encoding.ASCII.GetString(elf, name, Array.IndexOf(elf, (byte)0, name) - name) == Version)
                        yield return entry + 4;
                    entry += (int)BitConverter.ToUInt32(elf, entry + 12);
                }
                need += (int)BitConverter.ToUInt32(elf, need + 12);
            }
        }
    }

    private static int IndexOf(byte[] bytes, byte[] sought)
    {
        for (var at = Array.IndexOf(bytes, sought[0]); at >= 0 && at + sought.Length <= bytes.Length; at = Array.IndexOf(bytes, sought[0], at + 1))
        {
            var length = 1;
            while (length < sought.Length && bytes[at + length] == sought[length])
                length++;
            if (length == sought.Length)
                return at;
        }
        return -1;
    }
}
