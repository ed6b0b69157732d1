namespace MLNet.Vae.Compression;

/// <summary>One way of rows into a message and back.</summary>
internal interface IRowCoder
{
    /// <summary>Whether the rows that come back are those that went in.</summary>
    bool IsLossless { get; }

    /// <summary>Takes rows, each with its condition, and gives the message.</summary>
    AnsStack Encode(float[][] rows, float[][]? conditions);

    /// <summary>Gives the rows of a message back.</summary>
    float[][] Decode(AnsStack message, int count, float[][]? conditions);
}
