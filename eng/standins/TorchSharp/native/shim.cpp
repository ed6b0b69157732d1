// C functions through which the C# stand-in reaches libtorch. Operators go by name through the dispatcher,
// boxed, so that one function serves them all; only what is not an operator has a function of its own.

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/grad_mode.h>

#include <string>
#include <vector>

#define SHIM_EXPORT extern "C" __attribute__((visibility("default")))

namespace {

// Mirrored by Kind in Arg.cs.
enum class Kind : int32_t { None, Tensor, Integer, Real, Boolean, Integers, Tensors, Generator, Device };

// Mirrored by Value in Native.cs.
struct Value {
    Kind kind;
    int32_t length;
    union {
        int64_t integer;
        double real;
        const void* pointer;
    };
};

// Mirrored by Description in Native.cs.
struct Description {
    int32_t dtype;
    int32_t deviceType;
    int32_t deviceIndex;
    int32_t dimensions;
    int32_t requiresGradient;
    int64_t elements;
    const int64_t* sizes;
    void* data;
};

constexpr int DeviceIndexBits = 32;

// Valid until the next error on the same thread.
thread_local std::string lastError;

// What the body returns, or zero after an error.
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
    case Kind::Tensors: {
        auto handles = static_cast<const at::Tensor* const*>(value.pointer);
        std::vector<at::Tensor> tensors;
        for (int32_t i = 0; i < value.length; i++) tensors.push_back(*handles[i]);
        return tensors;
    }
    case Kind::Generator: return *static_cast<const at::Generator*>(value.pointer);
    case Kind::Device:
        return c10::Device(
            static_cast<c10::DeviceType>(value.integer >> DeviceIndexBits),
            static_cast<c10::DeviceIndex>(static_cast<int32_t>(value.integer)));
    case Kind::None: break;
    }
    return {};
}

// A truth value, or a new tensor, which the caller owns.
int64_t unbox(const c10::IValue& result) {
    return result.isBool() ? result.toBool() : reinterpret_cast<int64_t>(new at::Tensor(result.toTensor()));
}

}  // namespace

SHIM_EXPORT const char* shim_error() { return lastError.c_str(); }

SHIM_EXPORT const c10::OperatorHandle* shim_find(const char* name, const char* overload) {
    return guarded([&] { return new c10::OperatorHandle(c10::Dispatcher::singleton().findSchemaOrThrow(name, overload)); });
}

// Arguments left out take the operator's defaults. As many results are handed out as asked for.
SHIM_EXPORT bool shim_call(const c10::OperatorHandle* op, const Value* arguments, int32_t count, int64_t* results, int32_t resultCount) {
    return guarded([&] {
        const auto& formal = op->schema().arguments();
        torch::jit::Stack stack;
        stack.reserve(formal.size());
        for (int32_t i = 0; i < count; i++) stack.push_back(box(arguments[i]));
        for (size_t i = count; i < formal.size(); i++) stack.push_back(formal[i].default_value().value_or(c10::IValue()));
        op->callBoxed(stack);
        for (int32_t i = 0; i < resultCount; i++) results[i] = unbox(stack[i]);
        return true;
    });
}

SHIM_EXPORT void shim_dispose(at::Tensor* tensor) { delete tensor; }

SHIM_EXPORT void shim_describe(const at::Tensor* tensor, Description* out) {
    const auto device = tensor->device();
    out->dtype = static_cast<int32_t>(tensor->scalar_type());
    out->deviceType = static_cast<int32_t>(device.type());
    out->deviceIndex = device.index();
    out->dimensions = static_cast<int32_t>(tensor->dim());
    out->requiresGradient = tensor->requires_grad();
    out->elements = tensor->numel();
    out->sizes = tensor->sizes().data();
    out->data = tensor->has_storage() ? tensor->data_ptr() : nullptr;
}

SHIM_EXPORT at::Tensor* shim_grad(const at::Tensor* tensor) {
    return guarded([&] { return tensor->grad().defined() ? new at::Tensor(tensor->grad()) : nullptr; });
}

SHIM_EXPORT bool shim_set_grad(at::Tensor* tensor, const at::Tensor* grad) {
    return guarded([&] {
        tensor->mutable_grad() = grad ? *grad : at::Tensor();
        return true;
    });
}

SHIM_EXPORT bool shim_grad_enabled() { return at::GradMode::is_enabled(); }

SHIM_EXPORT void shim_set_grad_enabled(bool enabled) { at::GradMode::set_enabled(enabled); }

SHIM_EXPORT int32_t shim_threads() { return at::get_num_threads(); }

SHIM_EXPORT bool shim_set_threads(int32_t count) {
    return guarded([&] {
        at::set_num_threads(count);
        return true;
    });
}

SHIM_EXPORT int32_t shim_cuda_devices() { return static_cast<int32_t>(at::detail::getCUDAHooks().getNumGPUs()); }

SHIM_EXPORT at::Generator* shim_generator(uint64_t seed) { return new at::Generator(at::detail::createCPUGenerator(seed)); }

SHIM_EXPORT void shim_dispose_generator(at::Generator* generator) { delete generator; }
