using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

// bare PORT DATABASE BODY: at its start it opens the database (made if there is none), writes and reads one row, makes a
// key and signs one token with it. Then it answers every request with the bytes of the file BODY, until its standard
// input ends.
if (args is not [var port, var database, var bodyFile])
{
    await Console.Error.WriteLineAsync("bare PORT DATABASE BODY");
    return 2;
}

using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
connection.Open();
using (var command = connection.CreateCommand())
{
    command.CommandText =
        "PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS starts (at INTEGER); INSERT INTO starts VALUES (1); SELECT count(*) FROM starts";
    command.ExecuteScalar();
}

using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
{
    Issuer = "bare",
    SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(key), SecurityAlgorithms.EcdsaSha256),
});

var body = await File.ReadAllBytesAsync(bodyFile);
var builder = WebApplication.CreateSlimBuilder();
// A line of log for each request would make the measure easy to reach.
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture)));
await using var application = builder.Build();
application.Run(context =>
{
    context.Response.ContentType = "application/json";
    context.Response.ContentLength = body.Length;
    return context.Response.Body.WriteAsync(body, 0, body.Length);
});
await application.StartAsync();

await Console.In.ReadToEndAsync();
return token.Length > 0 ? 0 : 1;
