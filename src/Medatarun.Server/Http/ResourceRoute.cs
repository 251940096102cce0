using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Operations;
using Microsoft.AspNetCore.Http;

namespace Medatarun.Server.Http;

/// <summary>Another address of an operation, for clients that speak REST.</summary>
/// <param name="Method">The method.</param>
/// <param name="Pattern">The address; <c>{id}</c> stands for the request's member of that name.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Status">The status of success.</param>
internal sealed record ResourceRoute(string Method, string Pattern, Operation Operation, int Status = StatusCodes.Status200OK)
{
    /// <summary>The member of a request that can stand in an address.</summary>
    public const string IdMember = "id";

    /// <summary>Every such address.</summary>
    public static IReadOnlyList<ResourceRoute> All { get; } =
    [
        // The operation's own address, too: whoever calls it by its name is told 201 as well.
        new(HttpMethods.Post, "/api/auth/register", AuthOperations.Register, StatusCodes.Status201Created),
        new(HttpMethods.Get, "/api/auth/me", AuthOperations.WhoAmI),
        new(HttpMethods.Get, "/api/auth/tokens", TokenOperations.ApiTokenList),
        new(HttpMethods.Post, "/api/auth/tokens", TokenOperations.ApiTokenCreate, StatusCodes.Status201Created),
        new(HttpMethods.Delete, "/api/auth/tokens/{id}", TokenOperations.ApiTokenRevoke, StatusCodes.Status204NoContent),
        new(HttpMethods.Get, "/api/users", AuthOperations.UserList),
        new(HttpMethods.Get, "/api/users/{id}", AuthOperations.UserGet),
        new(HttpMethods.Put, "/api/users/{id}", AuthOperations.UserUpdate),
    ];

    /// <summary>Whether the address says what the request is about.</summary>
    public bool HasId => Pattern.Contains($"{{{IdMember}}}", StringComparison.Ordinal);

    /// <summary>The members of the request that are not in the address.</summary>
    public IEnumerable<OperationMember> Members =>
        Operation.Members.Where(member => !HasId || member.Name is not (IdMember or "username"));
}
