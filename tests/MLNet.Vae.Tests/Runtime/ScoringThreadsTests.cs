using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using MLNet.Vae.Runtime;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Runtime;

/// <summary>Threads of ONNX Runtime's sessions. Alone: the threads of the process are counted.</summary>
[Collection(AloneInProcess.Name)]
public class ScoringThreadsTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void A_session_has_as_many_threads_as_asked_for_the_caller_among_them()
    {
        // Far more than a session would have by itself, or than the runtime of .NET could start meanwhile.
        var asked = Environment.ProcessorCount + 32;
        var view = SampleData.View(_mlContext, SampleData.Rows(20));
        using var one = new VaeTransformer(_mlContext, SampleModels.Embedder(), new() { Threads = 1 });
        using var many = new VaeTransformer(_mlContext, SampleModels.Embedder(), new() { Threads = asked });
        Read(one);
        var before = Count();
        Read(many);
        Assert.InRange(Count() - before, asked - 1, asked + 15);

        void Read(VaeTransformer transformer) => Assert.Equal(20, transformer.Transform(view).GetColumn<float[]>("Embedding").Count());
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(1, 1)]
    [InlineData(5, 5)]
    public void A_session_is_told_the_number_or_chooses_by_itself(int? threads, int told)
    {
        using var options = ScoringSessions.SessionOptionsFor(new() { Threads = threads });
        Assert.Equal(told, options.IntraOpNumThreads);
        Assert.Equal(1, options.InterOpNumThreads);
    }

    [Fact]
    public void Threads_do_not_spin_while_they_wait()
    {
        using var options = ScoringSessions.SessionOptionsFor(new());
        Assert.Equal("0", Entry(options, "session.intra_op.allow_spinning"));
    }

    private static int Count()
    {
        using var process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }

    /// <summary>What the native options hold: their managed side can set an entry, and not get it.</summary>
    private static string Entry(SessionOptions options, string key)
    {
        var native = typeof(SessionOptions).Assembly.GetType("Microsoft.ML.OnnxRuntime.NativeMethods", throwOnError: true)!;
        var api = native
            .GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
            .Single(field => field.FieldType.Name == "OrtApi")
            .GetValue(null)!;
        var get = Marshal.GetDelegateForFunctionPointer<GetEntry>((IntPtr)api.GetType().GetField("GetSessionConfigEntry")!.GetValue(api)!);
        var value = new byte[16];
        var size = (nuint)value.Length;
        Assert.Equal(IntPtr.Zero, get(options.DangerousGetHandle(), Encoding.UTF8.GetBytes(key + '\0'), value, ref size));
        // The length counts the zero at the end.
        return Encoding.UTF8.GetString(value, 0, (int)size - 1);
    }

    [UnmanagedFunctionPointer(CallingConvention.Winapi)]
    private delegate IntPtr GetEntry(IntPtr options, byte[] key, byte[] value, ref nuint size);
}
