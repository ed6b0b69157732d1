namespace MLNet.Vae.Data;

/// <summary>What several ways of scaling have in common.</summary>
internal static class NormalizationKind
{
    extension(VaeNormalization normalization)
    {
        /// <summary>Whether columns have mean 0 afterwards, and values beyond any range.</summary>
        public bool IsStandardization => normalization is VaeNormalization.Standardize or VaeNormalization.StandardizeShared;
    }
}
