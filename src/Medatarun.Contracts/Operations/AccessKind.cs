namespace Medatarun.Contracts.Operations;

/// <summary>The three answers to "who may call this?".</summary>
public enum AccessKind
{
    /// <summary>Anyone.</summary>
    Public,

    /// <summary>Any caller with a valid token.</summary>
    SignedIn,

    /// <summary>Callers that hold a given permission.</summary>
    Permission,
}
