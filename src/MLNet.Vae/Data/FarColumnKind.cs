namespace MLNet.Vae.Data;

/// <summary>What a column is like but for its far values, and so how it is scaled.</summary>
internal enum FarColumnKind
{
    /// <summary>It has a spread, by which it is scaled.</summary>
    Spread,

    /// <summary>It has a range, by which it is scaled, as <see cref="VaeNormalization.MinMax"/> asks for.</summary>
    Range,

    /// <summary>It has one value, and is scaled as any column that has.</summary>
    Constant,
}
