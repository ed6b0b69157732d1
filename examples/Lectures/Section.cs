namespace Lectures;

/// <summary>A part of the page: a statement of a lecture, and the numbers and pictures that show it.</summary>
internal abstract class Section
{
    /// <summary>As the lectures count.</summary>
    public abstract int Number { get; }

    /// <summary>For the command line.</summary>
    public abstract string Name { get; }

    public abstract string Title { get; }

    /// <summary>HTML.</summary>
    public abstract string Formula { get; }

    /// <summary>What the pictures and numbers show.</summary>
    public abstract string LookFor { get; }

    public abstract Findings Run(Lecture lecture);
}
