// C functions through which the C# stand-in reaches libtorch. Operators go by name through the dispatcher,
// boxed, so that one function serves them all; only what is not an operator has a function of its own.

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/grad_mode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>

#include <string>
#include <vector>

#define SHIM_EXPORT extern "C" __attribute__((visibility("default")))

namespace {

// Mirrored by Kind in Aten.cs.
enum class Kind : int32_t { None, Tensor, Integer, Real, Boolean, Integers, Tensors, Generator, Device, Text };

struct Value {
    Kind kind;
    int32_t length;
    union {
        int64_t integer;
        double real;
        const void* pointer;
    };
};

struct Description {
    int32_t dtype;
    int32_t deviceType;
    int32_t deviceIndex;
    int32_t flags;
    int64_t dimensions;
    int64_t elements;
    int64_t elementSize;
    const int64_t* sizes;
    const int64_t* strides;
    void* data;
};

constexpr int32_t RequiresGrad = 1;
constexpr int32_t IsLeaf = 2;
constexpr int32_t IsContiguous = 4;
constexpr int DeviceIndexBits = 32;

// Valid until the next call on the same thread.
thread_local std::string lastError;
thread_local std::vector<Value> results;

template <class Body>
auto guarded(Body body) -> decltype(body()) {
    try {
        return body();
    } catch (const c10::Error& error) {
        lastError = error.what_without_backtrace();
    } catch (const std::exception& error) {
        lastError = error.what();
    }
    return {};
}

at::Tensor* owned(at::Tensor tensor) {
    return tensor.defined() ? new at::Tensor(std::move(tensor)) : nullptr;
}

std::vector<at::Tensor> gather(const void* handles, int64_t count) {
    auto tensors = static_cast<const at::Tensor* const*>(handles);
    std::vector<at::Tensor> gathered;
    gathered.reserve(count);
    for (int64_t i = 0; i < count; i++) gathered.push_back(tensors[i] ? *tensors[i] : at::Tensor());
    return gathered;
}

c10::IValue box(const Value& value) {
    switch (value.kind) {
    case Kind::Tensor: return *static_cast<const at::Tensor*>(value.pointer);
    case Kind::Integer: return value.integer;
    case Kind::Real: return value.real;
    case Kind::Boolean: return value.integer != 0;
    case Kind::Integers: {
        auto numbers = static_cast<const int64_t*>(value.pointer);
        return std::vector<int64_t>(numbers, numbers + value.length);
    }
    case Kind::Tensors: return gather(value.pointer, value.length);
    case Kind::Generator: return *static_cast<const at::Generator*>(value.pointer);
    case Kind::Device:
        return c10::Device(
            static_cast<c10::DeviceType>(value.integer >> DeviceIndexBits),
            static_cast<c10::DeviceIndex>(static_cast<int32_t>(value.integer)));
    case Kind::Text: return std::string(static_cast<const char*>(value.pointer), value.length);
    case Kind::None: break;
    }
    return {};
}

Value unboxed(const at::Tensor& tensor) {
    Value value{Kind::Tensor, 0, {}};
    value.pointer = owned(tensor);
    return value;
}

void unbox(const c10::IValue& result) {
    Value value{Kind::None, 0, {}};
    if (result.isTensorList()) {
        for (const at::Tensor& tensor : result.toTensorVector()) results.push_back(unboxed(tensor));
        return;
    }
    if (result.isTensor()) {
        value = unboxed(result.toTensor());
    } else if (result.isBool()) {
        value.kind = Kind::Boolean;
        value.integer = result.toBool();
    } else if (result.isInt()) {
        value.kind = Kind::Integer;
        value.integer = result.toInt();
    } else if (result.isDouble()) {
        value.kind = Kind::Real;
        value.real = result.toDouble();
    }
    results.push_back(value);
}

}  // namespace

SHIM_EXPORT const char* shim_error() { return lastError.c_str(); }

SHIM_EXPORT const c10::OperatorHandle* shim_find(const char* name, const char* overload) {
    return guarded([&] { return new c10::OperatorHandle(c10::Dispatcher::singleton().findSchemaOrThrow(name, overload)); });
}

// Arguments left out take the operator's defaults. Returns the number of results, or -1 after an error;
// results are not handed out when `out` is null (in-place operators).
SHIM_EXPORT int32_t shim_call(const c10::OperatorHandle* op, const Value* arguments, int32_t count, const Value** out) {
    struct Count { int32_t value = -1; };
    return guarded([&] {
        const auto& formal = op->schema().arguments();
        torch::jit::Stack stack;
        stack.reserve(formal.size());
        for (int32_t i = 0; i < count; i++) stack.push_back(box(arguments[i]));
        for (size_t i = count; i < formal.size(); i++) stack.push_back(formal[i].default_value().value_or(c10::IValue()));
        op->callBoxed(stack);
        results.clear();
        if (out) {
            for (const auto& result : stack) unbox(result);
            *out = results.data();
        }
        return Count{static_cast<int32_t>(results.size())};
    }).value;
}

SHIM_EXPORT void shim_dispose(at::Tensor* tensor) { delete tensor; }

SHIM_EXPORT at::Tensor* shim_alias(const at::Tensor* tensor) { return new at::Tensor(*tensor); }

SHIM_EXPORT void shim_describe(const at::Tensor* tensor, Description* out) {
    const auto device = tensor->device();
    out->dtype = static_cast<int32_t>(tensor->scalar_type());
    out->deviceType = static_cast<int32_t>(device.type());
    out->deviceIndex = device.index();
    out->flags = (tensor->requires_grad() ? RequiresGrad : 0) | (tensor->is_leaf() ? IsLeaf : 0)
        | (tensor->is_contiguous() ? IsContiguous : 0);
    out->dimensions = tensor->dim();
    out->elements = tensor->numel();
    out->elementSize = static_cast<int64_t>(tensor->element_size());
    out->sizes = tensor->sizes().data();
    out->strides = tensor->strides().data();
    out->data = tensor->has_storage() ? tensor->data_ptr() : nullptr;
}

SHIM_EXPORT bool shim_set_requires_grad(at::Tensor* tensor, bool requiresGrad) {
    return guarded([&] {
        tensor->set_requires_grad(requiresGrad);
        return true;
    });
}

SHIM_EXPORT at::Tensor* shim_grad(const at::Tensor* tensor) {
    return guarded([&] { return owned(tensor->grad()); });
}

SHIM_EXPORT bool shim_set_grad(at::Tensor* tensor, const at::Tensor* grad) {
    return guarded([&] {
        tensor->mutable_grad() = grad ? *grad : at::Tensor();
        return true;
    });
}

SHIM_EXPORT bool shim_backward(
    const void* tensors, int64_t count, const void* gradTensors, int64_t gradCount,
    bool retainGraph, bool createGraph, const void* inputs, int64_t inputCount) {
    return guarded([&] {
        torch::autograd::backward(
            gather(tensors, count), gather(gradTensors, gradCount), retainGraph, createGraph, gather(inputs, inputCount));
        return true;
    });
}

SHIM_EXPORT bool shim_grad_enabled() { return at::GradMode::is_enabled(); }

SHIM_EXPORT void shim_set_grad_enabled(bool enabled) { at::GradMode::set_enabled(enabled); }

SHIM_EXPORT c10::InferenceMode* shim_enter_inference(bool enabled) { return new c10::InferenceMode(enabled); }

SHIM_EXPORT void shim_leave_inference(c10::InferenceMode* guard) { delete guard; }

SHIM_EXPORT int32_t shim_threads() { return at::get_num_threads(); }

SHIM_EXPORT bool shim_set_threads(int32_t count) {
    return guarded([&] {
        at::set_num_threads(count);
        return true;
    });
}

SHIM_EXPORT int32_t shim_cuda_devices() { return static_cast<int32_t>(at::detail::getCUDAHooks().getNumGPUs()); }

SHIM_EXPORT at::Generator* shim_generator(uint64_t seed) {
    return new at::Generator(at::detail::createCPUGenerator(seed));
}

SHIM_EXPORT at::Generator* shim_default_generator() { return new at::Generator(at::detail::getDefaultCPUGenerator()); }

SHIM_EXPORT void shim_seed(at::Generator* generator, uint64_t seed) { generator->set_current_seed(seed); }

SHIM_EXPORT uint64_t shim_current_seed(const at::Generator* generator) { return generator->current_seed(); }

SHIM_EXPORT void shim_dispose_generator(at::Generator* generator) { delete generator; }
