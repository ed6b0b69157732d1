using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Corruptions;

/// <summary>Spoils what the encoder reads in training; the target stays clean (denoising autoencoder: Vincent et al. 2008). A new kind is a class here and an option beside <see cref="VaeCorruption"/>.</summary>
internal abstract class Corruption : IDisposable
{
    /// <summary>Drawn afresh at each call.</summary>
    public TrainingBatch Spoil(TrainingBatch clean) => clean with { Input = Spoil(clean.Input) };

    public virtual void Dispose()
    {
    }

    /// <param name="x">Normalised features, <c>[rows, features]</c>, which are left alone.</param>
    protected abstract Tensor Spoil(Tensor x);

    public static Corruption Create(VaeCorruption? options, TrainingRows data, Generator random) => options switch
    {
        null => new NoCorruption(),
        GaussianCorruption gaussian => new GaussianNoise(gaussian.Sigma, random),
        MaskingCorruption masking => new Masking(masking.Share, random),
        SaltAndPepperCorruption salt => new SaltAndPepper(salt.Share, data, random),
        _ => throw new InvalidOperationException($"Unknown corruption {options}."),
    };

    private sealed class NoCorruption : Corruption
    {
        protected override Tensor Spoil(Tensor x) => x;
    }

    private sealed class GaussianNoise(double deviation, Generator random) : Corruption
    {
        /// <summary>x + σ·ε.</summary>
        protected override Tensor Spoil(Tensor x)
        {
            using Scalar sigma = deviation;
            return x.Plus(sigma * randn(x.shape, device: x.device, generator: random));
        }
    }

    private sealed class Masking(double share, Generator random) : Corruption
    {
        protected override Tensor Spoil(Tensor x)
        {
            using Scalar masked = share;
            return x * rand(x.shape, device: x.device, generator: random).ge(masked);
        }
    }

    private sealed class SaltAndPepper : Corruption
    {
        private readonly double _share;
        private readonly Generator _random;
        private readonly Tensor _least;
        private readonly Tensor _largest;

        public SaltAndPepper(double share, TrainingRows data, Generator random)
        {
            (_share, _random) = (share, random);
            var (offset, scale) = (data.Scaling.Offset, data.Scaling.Scale);
            _least = Normalised(data.Statistics.Minimum);
            _largest = Normalised(data.Statistics.Maximum);

            Tensor Normalised(ReadOnlySpan<float> values)
            {
                var features = new float[data.Layout.Features];
                for (var j = 0; j < features.Length; j++)
                    features[j] = (values[j] - offset[j]) / scale[j];
                return tensor(features, device: data.Device);
            }
        }

        protected override Tensor Spoil(Tensor x)
        {
            using Scalar spoilt = _share, pepper = _share / 2;
            var draw = rand(x.shape, device: x.device, generator: _random);
            return where(draw.ge(spoilt), x, where(draw.ge(pepper), _largest, _least));
        }

        public override void Dispose()
        {
            _least.Dispose();
            _largest.Dispose();
            base.Dispose();
        }
    }
}
