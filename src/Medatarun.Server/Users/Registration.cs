using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Users;

/// <summary>What somebody says of themselves who makes an account, checked.</summary>
/// <param name="Email">Their e-mail address.</param>
/// <param name="Username">The username that they chose, or the one that their address suggests.</param>
/// <param name="IsChosen">Whether they chose it: then it is that one or none.</param>
/// <param name="Fullname">Their full name; null for the username.</param>
internal sealed record Registration(EmailAddress Email, Username Username, bool IsChosen, FullName? Fullname)
{
    public static Outcome<Registration> Parse(RegisterRequest request)
    {
        if (EmailAddress.Parse(request.Email!).Failed(out var problem, out var email))
        {
            return problem;
        }

        var isChosen = !string.IsNullOrEmpty(request.Username);
        var username = UsernameFromEmail.Suggest(email);
        if (isChosen && Username.Parse(request.Username!).Failed(out problem, out username))
        {
            return problem;
        }

        FullName? fullname = null;
        if (!string.IsNullOrEmpty(request.Fullname))
        {
            if (FullName.Parse(request.Fullname).Failed(out problem, out var parsed))
            {
                return problem;
            }

            fullname = parsed;
        }

        return new Registration(email, username, isChosen, fullname);
    }

    /// <summary>The refusal of what is somebody else's, or null.</summary>
    public Problem? Taken(StoreTransaction transaction) =>
        UserRules.IsFree(transaction, Email)
        ?? (IsChosen && UserQueries.IsNameTaken(transaction, Username) ? new Problem(ProblemCatalogue.UserAlreadyExists) : null);

    /// <summary>The user to be, with a username that is free.</summary>
    public NewUser ToUser(StoreTransaction transaction)
    {
        var username = IsChosen ? Username : UsernameFromEmail.Free(Username, name => UserQueries.IsNameTaken(transaction, name));
        return new NewUser(username, Fullname ?? FullName.Of(username), Email, Role: null, Groups: null, Admin: false, Disabled: false);
    }
}
