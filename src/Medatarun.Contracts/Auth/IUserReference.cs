namespace Medatarun.Contracts.Auth;

/// <summary>A request that names one user, by username or by id.</summary>
public interface IUserReference
{
    /// <summary>The username.</summary>
    string? Username { get; }

    /// <summary>The id, instead of the username.</summary>
    string? Id { get; }
}
