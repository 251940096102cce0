using Medatarun.Contracts;
using Medatarun.Contracts.Import;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Passwords;
using Medatarun.Server.Passwords.Foreign;
using Medatarun.Server.Users;

namespace Medatarun.Server.Import;

/// <summary>What a row says of a user, checked as far as that goes without the store. What is null is not said.</summary>
internal sealed record ImportedUser
{
    public required Username Username { get; init; }

    public FullName? Fullname { get; init; }

    public EmailAddress? Email { get; init; }

    /// <summary>Whether the row says that there is no e-mail address.</summary>
    public bool ClearsEmail { get; init; }

    public Secret? Password { get; init; }

    /// <summary>The hash of another system.</summary>
    public PasswordHash? Hash { get; init; }

    /// <summary>The role; empty for none.</summary>
    public string? Role { get; init; }

    public IReadOnlyList<string>? Groups { get; init; }

    public bool? Disabled { get; init; }

    /// <summary>Whether the row says anything but the name.</summary>
    public bool SaysAnything =>
        Fullname is not null || Email is not null || ClearsEmail || Password is not null || Hash is not null
        || Role is not null || Groups is not null || Disabled is not null;

    public static Outcome<ImportedUser> Parse(UserImportRow row)
    {
        if (string.IsNullOrEmpty(row.Username))
        {
            return Problem.OfMember(ProblemCatalogue.InvalidRequest, "username", "'username' is required.");
        }

        if (Username.Parse(row.Username).Failed(out var problem, out var username) || (problem = Contradiction(row)) is not null)
        {
            return problem;
        }

        var user = new ImportedUser
        {
            Username = username, ClearsEmail = row.Email is "", Password = row.Password, Role = row.Role, Groups = row.Groups, Disabled = row.Disabled,
        };
        return WithProfile(user, row).Failed(out problem, out user) ? problem : WithHash(user, row);
    }

    private static Problem? Contradiction(UserImportRow row) =>
        row.Password is not null && row.PasswordHash is not null
            ? Problem.OfMember(ProblemCatalogue.InvalidRequest, "password_hash", "A row has 'password' or 'password_hash', not both.")
        : row.Groups is IReadOnlyList<string?> groups && groups.Contains(null)
            ? Problem.OfMember(ProblemCatalogue.InvalidRequest, "groups", "'groups' must be a list of texts.")
        : null;

    private static Outcome<ImportedUser> WithProfile(ImportedUser user, UserImportRow row)
    {
        if (row.Fullname is not null)
        {
            if (FullName.Parse(row.Fullname).Failed(out var bad, out var fullname))
            {
                return bad;
            }

            user = user with { Fullname = fullname };
        }

        if (!string.IsNullOrEmpty(row.Email))
        {
            if (EmailAddress.Parse(row.Email).Failed(out var bad, out var email))
            {
                return bad;
            }

            user = user with { Email = email };
        }

        return user;
    }

    private static Outcome<ImportedUser> WithHash(ImportedUser user, UserImportRow row) =>
        row.PasswordHash is null ? user
        : ForeignHash.Parse(row.PasswordHash.Reveal()).Failed(out var problem, out var hash) ? problem
        : user with { Hash = hash };
}
