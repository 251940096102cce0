using System.Text.Json.Serialization.Metadata;
using Medatarun.Contracts.Problems;

namespace Medatarun.Contracts.Operations;

/// <summary>
/// One thing the product can do, declared once. HTTP routes, OpenAPI, the command line, the client and the cmdlets
/// are derived from it.
/// </summary>
public abstract class Operation
{
    private readonly Lazy<IReadOnlyList<OperationMember>> members;

    private protected Operation(string group, string name, string summary)
    {
        Group = group;
        Name = name;
        Summary = summary;
        members = new(() => OperationMembers.Of(RequestJson));
    }

    /// <summary>The group, first part of the route: <c>auth</c>.</summary>
    public string Group { get; }

    /// <summary>The name within its group: <c>user_create</c>.</summary>
    public string Name { get; }

    /// <summary>What it does, in one sentence.</summary>
    public string Summary { get; }

    /// <summary>Other names under which it can be called. Default: none.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Who may call it.</summary>
    public required Access Access { get; init; }

    /// <summary>Whether it changes nothing: it may be called with GET and needs no write transaction. Default: false.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether it is about the account itself, so that an API token is not enough: the caller must have signed in. Default: false.</summary>
    public bool NeedsSession { get; init; }

    /// <summary>Whether the answer carries a token and must not be stored by caches. Default: false.</summary>
    public bool CarriesToken { get; init; }

    /// <summary>Whether each call is an authentication decision, audited also when it is refused. Default: false.</summary>
    public bool Authenticates { get; init; }

    /// <summary>The problems of its own that it can answer with, beside those that every operation has.</summary>
    public IReadOnlyList<ProblemDefinition> Problems { get; init; } = [];

    /// <summary>The largest request, in bytes. Default: 64 KiB.</summary>
    public int MaxRequestBytes { get; init; } = 64 * 1024;

    /// <summary>The refusal of a structured member that cannot be read, which then names the place in it. Default: <c>invalid_request</c>.</summary>
    public ProblemDefinition Unreadable { get; init; } = ProblemCatalogue.InvalidRequest;

    /// <summary>How rows that come in are read, where the body is rows and not one object; null for all others.</summary>
    public virtual JsonTypeInfo? RowJson => null;

    /// <summary>How requests are read and written.</summary>
    public abstract JsonTypeInfo RequestJson { get; }

    /// <summary>How answers are read and written.</summary>
    public abstract JsonTypeInfo ResponseJson { get; }

    /// <summary>The members of the request.</summary>
    public IReadOnlyList<OperationMember> Members => members.Value;

    /// <summary><c>group/name</c>.</summary>
    public override string ToString() => $"{Group}/{Name}";
}
