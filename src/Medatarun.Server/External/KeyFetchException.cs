namespace Medatarun.Server.External;

/// <summary>Keys could not be fetched. The message says why, for a log and for an administrator.</summary>
internal sealed class KeyFetchException(string message) : Exception(message);
