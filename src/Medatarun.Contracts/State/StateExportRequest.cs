using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.State;

/// <summary>Asks for what is, as a document.</summary>
public sealed record StateExportRequest
{
    /// <summary>The sections: of <c>settings</c>, <c>permissions</c>, <c>roles</c>, <c>groups</c>, <c>users</c>, <c>service_accounts</c>, <c>issuers</c>, <c>issuer_rules</c>. Default: all.</summary>
    [Member("The sections that it shall have; all when left out.")]
    public IReadOnlyList<string>? Sections { get; init; }
}
