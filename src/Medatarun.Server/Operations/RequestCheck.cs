using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;

namespace Medatarun.Server.Operations;

/// <summary>Whether a request is whole: what the catalogue says must be there, is, and no list has a hole.</summary>
internal static class RequestCheck
{
    public static Problem? Check(Operation operation, object request)
    {
        Dictionary<string, IReadOnlyList<string>>? errors = null;
        foreach (var member in operation.Members)
        {
            if (member.Required && member.Get(request) is null or "" or Secret { IsEmpty: true })
            {
                (errors ??= new(StringComparer.Ordinal))[member.Name] = [$"'{member.Name}' is required."];
            }
            else if (member.IsList && member.Get(request) is IReadOnlyList<string?> list && list.Contains(null))
            {
                (errors ??= new(StringComparer.Ordinal))[member.Name] = [$"'{member.Name}' must be {MemberText.TypeName(member)}."];
            }
        }

        if (request is IUserReference { Username: null or "", Id: null or "" })
        {
            (errors ??= new(StringComparer.Ordinal))["username"] = ["'username' or 'id' is required."];
        }

        return errors is null
            ? null
            : new Problem(ProblemCatalogue.InvalidRequest, string.Join(' ', errors.Values.SelectMany(messages => messages)))
            {
                Errors = errors,
            };
    }
}
