using System.Net;
using System.Text;
using Digits;
using MLNet.Vae;

namespace Lectures;

/// <summary>One HTML file that needs nothing beside it.</summary>
internal sealed class LecturePage(DigitSet digits, bool quick)
{
    private const string Style = """
        :root { color-scheme: light dark; }
        body { font: 16px/1.55 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem;
          color: light-dark(#1c1f24, #e7e9ec); background: light-dark(#f6f6f3, #121417); }
        section { background: light-dark(#fff, #1a1d22); border: 1px solid light-dark(#e4e4df, #2d3138); border-radius: 8px;
          padding: 0.5rem 1.5rem 1.5rem; margin: 1.5rem 0; }
        h2 { margin-bottom: 0.2rem; } .formula { font-family: Cambria, Georgia, serif; font-size: 1.1rem; }
        figure { display: inline-block; margin: 0.8rem 1.2rem 0.4rem 0; vertical-align: top; max-width: 100%; }
        figcaption { color: light-dark(#666c76, #9ba2ad); font-size: 0.9rem; max-width: 34rem; }
        img { max-width: 100%; height: auto; }
        table { border-collapse: collapse; margin: 1rem 0; } td, th { padding: 0.25rem 0.9rem 0.25rem 0; text-align: left;
          border-bottom: 1px solid light-dark(#e4e4df, #2d3138); vertical-align: top; }
        pre { overflow-x: auto; background: light-dark(#f3f3ef, #23272e); padding: 0.8rem; border-radius: 6px; font-size: 0.82rem; }
        .legend span { margin-right: 0.8rem; white-space: nowrap; } .legend i { display: inline-block; width: 0.7em; height: 0.7em;
          border-radius: 50%; margin-right: 0.3em; } .time { color: light-dark(#666c76, #9ba2ad); font-size: 0.85rem; }
        """;

    private readonly StringBuilder _index = new();
    private readonly StringBuilder _sections = new();

    public void Add(Section section, Findings findings, TimeSpan elapsed)
    {
        _index.Append($"<li value=\"{section.Number}\"><a href=\"#{section.Name}\">{Text(section.Title)}</a></li>\n");
        _sections.Append($"<section id=\"{section.Name}\"><h2>{section.Number}. {Text(section.Title)}</h2>\n");
        _sections.Append($"<p class=\"formula\">{Text(section.Formula)}</p>\n<p><b>What to look for.</b> {Text(section.LookFor)}</p>\n");
        if (findings.Table is { } table)
        {
            AppendTable(table);
        }

        foreach (var figure in findings.Figures)
        {
            AppendFigure(figure);
        }

        _sections.Append($"<details><summary>The code</summary><pre>{Text(SourceCode.Of(section))}</pre></details>\n");
        _sections.Append($"<p class=\"time\">{elapsed.TotalSeconds:F0} s</p></section>\n");
    }

    public string ToHtml() => $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>Lectures on autoencoders</title><link rel="icon" href="data:,"><style>{Style}</style></head><body>
        <h1>Lectures on autoencoders, as MLNet.Vae shows them</h1>
        <p>{digits.Train.Length:N0} pictures to train on, {digits.Test.Length:N0} others, which numbers are of where nothing else is
        said{(quick ? "; a quick run, with shorter trainings" : "")}.</p>
        <ol>
        {_index}</ol>
        {_sections}
        </body></html>

        """;

    private void AppendTable(Table table)
    {
        _sections.Append($"<table><tr>{string.Concat(table.Columns.Select(column => $"<th>{Text(column)}</th>"))}</tr>\n");
        foreach (var row in table.Rows)
        {
            _sections.Append($"<tr>{string.Concat(row.Select(cell => $"<td>{Text(cell)}</td>"))}</tr>\n");
        }

        _sections.Append("</table>\n");
    }

    private void AppendFigure(Figure figure)
    {
        _sections.Append($"<figure>{figure.Picture.ToHtml(figure.Caption)}<figcaption>{Text(figure.Caption)}</figcaption>");
        if (figure.Legend is { } legend)
        {
            var colors = VaePlot.Colors;
            var entries = legend.Select((name, i) =>
                $"<span><i style=\"background:{colors[i % colors.Count]}\"></i>{Text(name)}</span>");
            _sections.Append($"<div class=\"legend\">{string.Concat(entries)}</div>");
        }

        _sections.Append("</figure>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
