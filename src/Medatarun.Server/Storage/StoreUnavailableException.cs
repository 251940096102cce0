namespace Medatarun.Server.Storage;

/// <summary>The disk is full, read-only or failing. Nothing of the transaction was kept; the next one may work.</summary>
internal sealed class StoreUnavailableException(string message, Exception inner) : Exception(message, inner);
