using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public class Module : IDisposable
        {
            protected string? name;
            private readonly Dictionary<string, Module> _modules = [];
            private readonly Dictionary<string, Parameter> _parameters = [];
            private readonly Dictionary<string, (Tensor Tensor, bool Persistent)> _buffers = [];
            private bool _registered;
            private bool _disposed;
            protected Module(string name)
            {
                this.name = name;
                // The real constructor makes a native module, so a missing native library shows here.
                _ = Native.shim_grad_enabled();
            }

            ~Module() => Dispose(false);

            public virtual bool training { get; private set; } = true;

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            public virtual string GetName() => name ?? "";

            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var child in _modules.Values)
                    child.train(train);
            }

            public virtual void eval() => train(false);

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    using var grad = parameter.grad;
                    if (set_to_none)
                        parameter.grad = null;
                    else
                        grad?.zero_();
                }
            }

            public virtual IEnumerable<(string name, Module module)> named_children() => _modules.Select(entry => (entry.Key, entry.Value));
            public virtual IEnumerable<Module> children() => _modules.Values;

            public virtual IEnumerable<(string name, Module module)> named_modules() => named_children().Concat(
                named_children().SelectMany(child => child.module.named_modules().Select(inner => ($"{child.name}.{inner.name}", inner.module))));

            public virtual IEnumerable<Module> modules() => named_modules().Select(entry => entry.module);

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var own = _parameters.Select(entry => (name: entry.Key, parameter: entry.Value));
                var inner = named_children().SelectMany(child =>
                    child.module.named_parameters().Select(entry => (name: $"{child.name}.{entry.name}", entry.parameter)));
                return (recurse ? own.Concat(inner) : own).Where(entry => !entry.parameter.IsInvalid).DistinctBy(entry => entry.parameter.Handle);
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(entry => entry.parameter);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var own = _buffers.Where(entry => entry.Value.Persistent).Select(entry => (name: entry.Key, buffer: entry.Value.Tensor));
                var inner = named_children().SelectMany(child =>
                    child.module.named_buffers(true, include_nonpersistent).Select(entry => (name: $"{child.name}.{entry.name}", entry.buffer)));
                return (recurse ? own.Concat(inner) : own).Where(entry => !entry.buffer.IsInvalid).DistinctBy(entry => entry.buffer.Handle);
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(entry => entry.buffer);

            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                foreach (var (key, parameter) in named_parameters())
                    destination.TryAdd(string.IsNullOrEmpty(prefix) ? key : $"{prefix}.{key}", parameter);
                foreach (var (key, buffer) in named_buffers(include_nonpersistent: false))
                    destination.TryAdd(string.IsNullOrEmpty(prefix) ? key : $"{prefix}.{key}", buffer);
                return destination;
            }

            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var destination = state_dict();
                var unexpected = source.Keys.Except(destination.Keys).Except(skip ?? []).ToList();
                var missing = destination.Keys.Except(source.Keys).Except(skip ?? []).ToList();
                if (strict && (missing.Count > 0 || unexpected.Count > 0))
                    throw new InvalidOperationException("The names in the state do not match those of the module.");

                using (no_grad())
                {
                    foreach (var key in source.Keys.Intersect(destination.Keys).Except(skip ?? []))
                        destination[key].copy_(source[key]);
                }
                return (missing, unexpected);
            }

            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null || param.IsInvalid)
                    throw new ArgumentNullException(nameof(param));
                if (!_parameters.TryAdd(name, param))
                    throw new InvalidOperationException($"There is a parameter {name} already.");
            }

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (tensor is null || tensor.IsInvalid)
                    throw new ArgumentNullException(nameof(tensor));
                if (!_buffers.TryAdd(name, (tensor, persistent)))
                    throw new InvalidOperationException($"There is a buffer {name} already.");
            }

            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null)
                {
                    _modules.Remove(name);
                    return;
                }
                if (name.Length == 0 || name.Contains('.'))
                    throw new ArgumentException($"A module's name must not be empty nor contain a dot: \"{name}\".");
                if (_modules.ContainsKey(name))
                    throw new InvalidOperationException($"There is a module {name} already.");
                submodule.RegisterComponents();
                _modules.Add(name, submodule);
            }

            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                InitializeDeviceType(deviceType);
                return this;
            }

            /// <summary>Registers what the fields hold: modules, parameters, and other tensors as buffers, under the fields' names.</summary>
            protected virtual void RegisterComponents()
            {
                if (_registered)
                    return;
                foreach (var field in Fields(GetType()))
                {
                    if (_modules.ContainsKey(field.Name) || _parameters.ContainsKey(field.Name) || _buffers.ContainsKey(field.Name))
                        continue;
                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(field.Name, module);
                            break;
                        case Parameter parameter:
                            register_parameter(field.Name, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(field.Name, tensor);
                            break;
                    }
                }
                _registered = true;
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing || _disposed)
                    return;
                foreach (var buffer in buffers(false).ToList())
                    buffer.DetachFromDisposeScope().Dispose();
                foreach (var parameter in parameters(false).ToList())
                    parameter.DetachFromDisposeScope().Dispose();
                foreach (var module in _modules.Values)
                    module.Dispose();
                _disposed = true;
            }

            private static IEnumerable<FieldInfo> Fields(Type type)
            {
                var seen = new HashSet<string>();
                for (var current = type; current is not null && current != typeof(Module); current = current.BaseType!)
                {
                    foreach (var field in current.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
                    {
                        if (seen.Add(field.Name))
                            yield return field;
                    }
                }
            }
        }

        public interface IModule<T, TResult>
        {
            TResult call(T input1);
        }

        public interface IModule<T1, T2, TResult>
        {
            TResult call(T1 input1, T2 input2);
        }

        public abstract class Module<T, TResult> : Module, IModule<T, TResult>
        {
            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T input);
            public TResult call(T input) => forward(input);
        }

        public abstract class Module<T1, T2, TResult> : Module, IModule<T1, T2, TResult>
        {
            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2);
            public TResult call(T1 input1, T2 input2) => forward(input1, input2);
        }
    }
}
