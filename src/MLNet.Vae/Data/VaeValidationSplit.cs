namespace MLNet.Vae;

/// <summary>Which rows are held out of training.</summary>
public enum VaeValidationSplit
{
    /// <summary>A share drawn at random, each row as likely.</summary>
    Random,

    /// <summary>
    /// The last rows as they come, for rows in the order of time: a row is then judged by what came before it, as it will be in use, and no
    /// neighbour in time that is nearly its copy trains.
    /// </summary>
    Last,
}
