using System.Reflection;

namespace Microsoft.ML.Runtime;

/// <summary>The components of the assemblies seen so far, by the names they are saved under.</summary>
public sealed class ComponentCatalog
{
    private readonly HashSet<Assembly> _assemblies = [];
    private readonly Dictionary<string, Func<IHostEnvironment, ModelLoadContext, object>> _loaders = [];
    private readonly Dictionary<string, Type> _extensions = [];
    private readonly Lock _lock = new();

    internal ComponentCatalog()
    {
    }

    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        lock (_lock)
        {
            if (!_assemblies.Add(assembly))
                return;
            foreach (var attribute in assembly.GetCustomAttributes<LoadableAttribute>())
                _loaders[attribute.Signature] = attribute.CreateLoader();
            foreach (var type in assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false }))
            {
                if (type.GetCustomAttribute<ExtensionBaseAttribute>() is { } extension)
                    _extensions[extension.ContractName] = type;
            }
        }
    }

    internal Func<IHostEnvironment, ModelLoadContext, object> Loader(string signature) => _loaders.GetValueOrDefault(signature);

    internal object CreateExtension(string contractName) => _extensions.TryGetValue(contractName, out var type)
        ? Activator.CreateInstance(type)
        : throw Contracts.Except(null, $"Unable to locate an extension for the contract '{contractName}'. Register the assembly that contains it.");
}

/// <summary>Says that a type's static method "Load" reads what was saved under a signature.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class LoadableAttribute(string signature, Type type) : Attribute
{
    public string Signature { get; } = signature;

    public Func<IHostEnvironment, ModelLoadContext, object> CreateLoader()
        => type.GetMethod("Load", BindingFlags.Static | BindingFlags.NonPublic).CreateDelegate<Func<IHostEnvironment, ModelLoadContext, object>>();
}
