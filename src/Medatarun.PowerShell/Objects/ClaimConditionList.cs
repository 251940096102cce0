using System.Collections.ObjectModel;
using System.Text.Json.Nodes;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;

namespace Medatarun.PowerShell.Objects;

/// <summary>
/// An unchangeable list of conditions. As text it is what a column of a CSV file holds, JSON, since names and values may contain whatever
/// would separate them; so Export-Csv and Import-Csv go round.
/// </summary>
public sealed class ClaimConditionList : ReadOnlyCollection<MedatarunClaimCondition>
{
    internal ClaimConditionList(IEnumerable<ClaimCondition> conditions)
        : base([.. conditions.Select(condition => new MedatarunClaimCondition(condition))])
    {
    }

    /// <summary>The conditions as JSON.</summary>
    public override string ToString() => new JsonArray([.. this.Select(Json)]).ToJsonString(MedatarunJson.Context.Options);

    private static JsonObject Json(MedatarunClaimCondition condition)
    {
        var (name, value) = condition switch
        {
            { EqualTo: { } text } => ("equals", JsonValue.Create(text)),
            { OneOf: { } values } => ("one_of", new JsonArray([.. values.Select(text => JsonValue.Create(text))])),
            _ => ("glob", (JsonNode?)JsonValue.Create(condition.Glob)),
        };
        return new JsonObject { ["claim"] = condition.Claim, [name] = value };
    }
}
