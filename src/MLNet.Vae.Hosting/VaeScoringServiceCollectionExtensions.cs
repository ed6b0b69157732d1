using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MLNet.Vae;
using MLNet.Vae.Metrics;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds models to a program's services.</summary>
public static class VaeScoringServiceCollectionExtensions
{
    /// <summary>
    /// Adds a <see cref="VaeScoringService"/>, a singleton that scores rows with the model of a file, and with another one once the file
    /// has changed. It is loaded when the host starts, which fails where the file does not score.
    /// </summary>
    /// <param name="services">The program's services.</param>
    /// <param name="configure">Names the file: <c>options => options.ModelPath = "model.zip"</c>.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddVaeScoring(this IServiceCollection services, Action<VaeHostingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        Add(services, Options.Options.DefaultName, configure);
        services.TryAddSingleton(provider => Create(provider, Options.Options.DefaultName));
        return services;
    }

    /// <summary>Adds one of several models, a keyed service: <c>[FromKeyedServices("pumps")] VaeScoringService pumps</c>.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="name">The key; the tag "model" of what is measured.</param>
    /// <param name="configure">Names the file: <c>options => options.ModelPath = "pumps.zip"</c>.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddVaeScoring(
        this IServiceCollection services, string name, Action<VaeHostingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        Add(services, name, configure);
        services.TryAddKeyedSingleton(name, (provider, _) => Create(provider, name));
        return services;
    }

    /// <param name="provider">Has the service.</param>
    /// <param name="name">Its name; empty: that without one.</param>
    internal static VaeScoringService GetVaeScoring(this IServiceProvider provider, string name) => name.Length == 0
        ? provider.GetRequiredService<VaeScoringService>()
        : provider.GetRequiredKeyedService<VaeScoringService>(name);

    private static void Add(IServiceCollection services, string name, Action<VaeHostingOptions> configure)
    {
        services.AddLogging();
        services.AddMetrics();
        services.AddOptions<VaeHostingOptions>(name).Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<VaeHostingOptions>, HostingOptionsCheck>());
        services.TryAddSingleton<ScoringMetrics>();
        services.AddSingleton<IHostedService>(provider => new ScoringStartup(() => provider.GetVaeScoring(name)));
    }

    private static VaeScoringService Create(IServiceProvider provider, string name) => new(
        name,
        provider.GetRequiredService<IOptionsMonitor<VaeHostingOptions>>().Get(name),
        provider.GetRequiredService<ScoringMetrics>(),
        provider.GetRequiredService<ILogger<VaeScoringService>>(),
        provider.GetService<TimeProvider>() ?? TimeProvider.System);
}
