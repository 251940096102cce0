using System.Security.Cryptography;
using System.Text.Json;
using Medatarun.Contracts;
using Medatarun.Contracts.State;

namespace Medatarun.Server.State;

/// <summary>Stands for what a server held at one moment.</summary>
internal static class StateFingerprint
{
    /// <summary>The SHA-256 of a whole export, in hexadecimal digits. The same content has the same bytes.</summary>
    public static string Of(StateDocument exported) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(exported, MedatarunJson.Context.StateDocument)));
}
