using Medatarun.Contracts.Auth;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Users;

/// <summary>What a request says of a user to be, checked.</summary>
internal sealed record NewUser(
    Username Username, FullName Fullname, EmailAddress? Email, string? Role, IReadOnlyList<string>? Groups, bool Admin, bool Disabled)
{
    public static Outcome<NewUser> Parse(UserCreateRequest request)
    {
        EmailAddress? email = null;
        if (!string.IsNullOrEmpty(request.Email))
        {
            if (EmailAddress.Parse(request.Email).Failed(out var bad, out var parsed))
            {
                return bad;
            }

            email = parsed;
        }

        return Username.Parse(request.Username!).Failed(out var problem, out var username) ? problem
            : FullName.Parse(request.Fullname!).Failed(out problem, out var fullname) ? problem
            : new NewUser(
                username, fullname, email, request.Role, request.Groups, request.Admin ?? false, request.Disabled ?? false);
    }

    public UserRow ToRow(string? passwordHash, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Username = Username.Value,
        Fullname = Fullname.Value,
        Email = Email?.Value,
        PasswordHash = passwordHash,
        DisabledAt = Disabled ? now : null,
        CreatedAt = now,
    };
}
