namespace Medatarun.Contracts.Operations;

/// <summary>One member of a request, as the faces see it.</summary>
/// <param name="Name">The member's name in JSON.</param>
/// <param name="Description">What it means, in one sentence.</param>
/// <param name="Required">Whether a request without it is refused.</param>
/// <param name="Type">The member's type without nullability.</param>
/// <param name="Alias">A second name that is accepted, or null.</param>
/// <param name="Get">Reads the member from a request; null when it was not sent.</param>
public sealed record OperationMember(
    string Name, string Description, bool Required, Type Type, string? Alias, Func<object, object?> Get)
{
    /// <summary>Whether the member carries a secret: never echoed, never on a query string, prompted without echo.</summary>
    public bool IsSecret => Type == typeof(Secret);

    /// <summary>Whether the member is a list of texts.</summary>
    public bool IsList => Type == typeof(IReadOnlyList<string>);

    /// <summary>Whether the member is more than a text, number, truth or list of texts; where there is no JSON, its JSON stands as text.</summary>
    public bool IsJson => !IsList && !IsSecret && Type != typeof(string) && Type != typeof(bool) && Type != typeof(int);
}
