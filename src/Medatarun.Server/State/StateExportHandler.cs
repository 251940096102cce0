using Medatarun.Contracts.Problems;
using Medatarun.Contracts.State;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.State;

/// <summary>Shows what is, as a document.</summary>
internal sealed class StateExportHandler() : StoreHandler<StateExportRequest, StateDocument>(StateOperations.Export)
{
    private static readonly string[] Sections =
        ["settings", "permissions", "roles", "groups", "users", "service_accounts", "issuers", "issuer_rules"];

    protected override Outcome<StateDocument> Run(StoreTransaction transaction, StateExportRequest request, Caller caller, DateTimeOffset now)
    {
        var document = StateReader.Read(transaction).Document;
        if (request.Sections is not { Count: > 0 } asked)
        {
            return document;
        }

        return asked.FirstOrDefault(section => !Sections.Contains(section)) is { } unknown
            ? Problem.OfMember(
                ProblemCatalogue.InvalidRequest, "sections", $"There is no section '{unknown}'; 'sections' names {string.Join(", ", Sections)}.")
            : Only(document, asked);
    }

    private static StateDocument Only(StateDocument document, IReadOnlyList<string> asked) => document with
    {
        Settings = asked.Contains("settings") ? document.Settings : null,
        Permissions = asked.Contains("permissions") ? document.Permissions : null,
        Roles = asked.Contains("roles") ? document.Roles : null,
        Groups = asked.Contains("groups") ? document.Groups : null,
        Users = asked.Contains("users") ? document.Users : null,
        ServiceAccounts = asked.Contains("service_accounts") ? document.ServiceAccounts : null,
        Issuers = asked.Contains("issuers") ? document.Issuers : null,
        IssuerRules = asked.Contains("issuer_rules") ? document.IssuerRules : null,
    };
}
