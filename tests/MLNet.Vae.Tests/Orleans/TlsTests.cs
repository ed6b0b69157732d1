using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MLNet.Vae.Tests.Kit;
using Orleans.Connections.Security;

namespace MLNet.Vae.Tests.Orleans;

/// <summary>Silo and client by TLS, each of which proves who it is.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Who_has_not_the_certificate_is_refused()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var certificate = Certificate("silos");
        using var another = Certificate("somebody");
        var (siloPort, gatewayPort) = (FreePort(), FreePort());
        using (var file = File.Create(_directory.File("scorer.onnx")))
            SampleModels.Create(SampleModels.DetectionColumns).ExportOnnx(VaeGraph.Scorer, file);
        await File.WriteAllTextAsync(_directory.File("rows.csv"), "1,2,3,4,5,6\n", cancellation);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(siloPort, gatewayPort);
            silo.UseTls(certificate, options => Trust(options, certificate));
            silo.AddVaeScoring(options => options.AllowedFolders.Add(_directory.Path));
        });
        using var host = builder.Build();
        await host.StartAsync(cancellation);

        using (var known = Client(gatewayPort, client => client.UseTls(certificate, options => Trust(options, certificate))))
        {
            await known.StartAsync(cancellation);
            var jobs = known.Services.GetRequiredService<VaeJobClient>();
            var status = await jobs.Submit(new()
            {
                ModelPath = _directory.File("scorer.onnx"),
                Partitions = VaePartition.OfText(_directory.File("rows.csv"), 1),
                OutputFolder = _directory.File("scores"),
            });
            Assert.Equal(1, (await jobs.Wait(status.Id, cancellation: cancellation)).Rows);
            await known.StopAsync(cancellation);
        }
        await HangsUp(gatewayPort, "what is no greeting of TLS"u8.ToArray());
        // Neither comes in; a client goes on trying until it is told to stop.
        using var plain = Client(gatewayPort, _ => { });
        using var stranger = Client(gatewayPort, client => client.UseTls(another, options => Trust(options, certificate)));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(TimeSpan.FromSeconds(2));
        await Task.WhenAll(
            Assert.ThrowsAnyAsync<Exception>(() => plain.StartAsync(end.Token).WaitAsync(end.Token)),
            Assert.ThrowsAnyAsync<Exception>(() => stranger.StartAsync(end.Token).WaitAsync(end.Token)));
        await host.StopAsync(cancellation);
    }

    public void Dispose() => _directory.Dispose();

    private static void Trust(TlsOptions options, X509Certificate2 certificate)
    {
        options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;             // clients prove who they are, too
        options.OnAuthenticateAsClient = (_, client) => client.TargetHost = "silos";          // the name in the certificate
        // Without this line the machine's authorities decide; a certificate that nobody signed is known by itself.
        options.RemoteCertificateValidation = (remote, _, _) => remote.Thumbprint == certificate.Thumbprint;
    }

    /// <summary>Says something to a silo, which must end the connection without an answer that is one of Orleans.</summary>
    private static async Task HangsUp(int port, byte[] said)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(said, TestContext.Current.CancellationToken);
        try
        {
            while (await stream.ReadAsync(new byte[64], TestContext.Current.CancellationToken) > 0)
            {
                // An alert of TLS.
            }
        }
        catch (IOException)
        {
            // Reset.
        }
    }

    private static IHost Client(int gatewayPort, Action<IClientBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client =>
        {
            client.UseLocalhostClustering(gatewayPort);
            client.AddVaeScoringClient();
            configure(client);
        });
        return builder.Build();
    }

    private static X509Certificate2 Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
