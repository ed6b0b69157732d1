#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:package MLNet.Vae.Orleans@*
#:package Microsoft.Orleans.Connections.Security@10.4.2
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;
using Orleans.Connections.Security;
using Orleans.Hosting;

// A model of three numbers and a file of rows.
var folder = Directory.CreateTempSubdirectory("rows-").FullName;
File.WriteAllLines(Path.Combine(folder, "rows.csv"), Enumerable.Range(0, 100).Select(i => $"{i % 7},2,{i % 3}"));
var mlContext = new MLContext(seed: 1);
var rows = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 300).Select(i => new Row { Features = [i % 7, 2, i % 3] }));
var quick = new VaeAnomalyOptions { Training = new() { Seed = 1, Epochs = 5 } };
using (var detector = mlContext.AnomalyDetection.Trainers.Vae(quick).Fit(rows))
    detector.Model.ExportOnnx(folder);

// A certificate that nobody signed; silos and clients share it.
using var certificate = SelfSigned("silos");
var (siloPort, gatewayPort) = (FreePort(), FreePort());
var builder = Host.CreateApplicationBuilder();
builder.UseOrleans(silo =>
{
    silo.UseLocalhostClustering(siloPort, gatewayPort);
    silo.UseTls(certificate, options => Trust(options, certificate));
    silo.AddVaeScoring(options => options.AllowedFolders.Add(folder));
});
builder.Logging.ClearProviders();
using var host = builder.Build();
await host.StartAsync();

var clientBuilder = Host.CreateApplicationBuilder();
clientBuilder.UseOrleansClient(client =>
{
    client.UseLocalhostClustering(gatewayPort);
    client.UseTls(certificate, options => Trust(options, certificate));
    client.AddVaeScoringClient();
});
clientBuilder.Logging.ClearProviders();
using var clientHost = clientBuilder.Build();
await clientHost.StartAsync();
var jobs = clientHost.Services.GetRequiredService<VaeJobClient>();
var status = await jobs.Submit(new()
{
    ModelPath = Path.Combine(folder, "scorer.onnx"),
    Partitions = VaePartition.OfText(Path.Combine(folder, "rows.csv"), count: 2),
    OutputFolder = Path.Combine(folder, "scores"),
});
status = await jobs.Wait(status.Id);
Console.WriteLine($"by TLS: {status.State}, {status.Rows} rows");
await clientHost.StopAsync();
await host.StopAsync();
Directory.Delete(folder, recursive: true);

static void Trust(TlsOptions options, X509Certificate2 certificate)
{
    options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;             // clients prove who they are, too
    options.OnAuthenticateAsClient = (_, client) => client.TargetHost = "silos";          // the name in the certificate
    // Without this line the machine's authorities decide; a certificate that nobody signed is known by itself.
    options.RemoteCertificateValidation = (remote, _, _) => remote.Thumbprint == certificate.Thumbprint;
}

static X509Certificate2 SelfSigned(string name)
{
    using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
    using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
}

static int FreePort()
{
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    return ((IPEndPoint)listener.LocalEndpoint).Port;
}

public class Row
{
    [VectorType(3)]
    public float[] Features { get; set; } = [];
}
