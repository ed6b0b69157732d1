using System;
using System.IO;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Writes a page for readers who have no repository beside it.</summary>
public class WritePackageReadme : Task
{
    [Required]
    public string Page { get; set; }

    /// <summary>The repository's public address, by which relative links become absolute; empty where there is none: they go.</summary>
    public string Repository { get; set; }

    [Required]
    public string Copy { get; set; }

    public override bool Execute()
    {
        var address = Regex.Replace(Repository ?? "", @"(\.git)?/*$", "");
        var text = File.ReadAllText(Page);
        if (address.Length > 0)
        {
            // HEAD is the default branch, whatever its name.
            text = Regex.Replace(text, @"(!\[[^\]]*\])\((?!https?:|#)([^)]*)\)", $"$1({address}/raw/HEAD/$2)");
            text = Regex.Replace(text, @"(\[[^\]]*\])\((?!https?:|#)([^)]*)\)", $"$1({address}/blob/HEAD/$2)");
        }
        else
        {
            // What a picture shows, in words.
            text = Regex.Replace(text, @"!?\[([^\]]*)\]\((?!https?:|#)[^)]*\)", "$1");
        }
        Directory.CreateDirectory(Path.GetDirectoryName(Copy));
        if (!File.Exists(Copy) || File.ReadAllText(Copy) != text)
            File.WriteAllText(Copy, text);
        return true;
    }
}
