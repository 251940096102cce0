using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Shows rules: all, those of some trusted issuers, or some by name.</summary>
[Cmdlet(VerbsCommon.Get, "MedatarunTrustedIssuerRule")]
[OutputType(typeof(MedatarunTrustedIssuerRule))]
[MedatarunOperation("auth/issuer_rule_list")]
public sealed class GetMedatarunTrustedIssuerRuleCommand : ConnectedCmdlet
{
    /// <summary>The trusted issuers whose rules are shown: names, or objects that have one. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [IdentityText("IssuerName", "Name")]
    [ArgumentCompleter(typeof(TrustedIssuerCompleter))]
    public string[]? IssuerName { get; set; }

    /// <summary>Only rules of these names, which may hold wildcards. Default: all.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var issuer in IssuerName ?? (string?[])[null])
        {
            if (TryInvoke(issuer, IssuerOperations.IssuerRuleList, new IssuerRuleListRequest { IssuerName = issuer }, out var rules))
            {
                Write(rules, issuer);
            }
        }
    }

    private static bool IsPattern(string name) => name.AsSpan().ContainsAny('*', '?');

    private void Write(IReadOnlyList<IssuerRuleInfo> rules, string? issuer)
    {
        foreach (var name in Name ?? ["*"])
        {
            var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
            var found = rules.Where(rule => IsPattern(name) ? pattern.IsMatch(rule.Name) : rule.Name == name).ToList();
            if (found.Count == 0 && !IsPattern(name))
            {
                var whose = issuer is null ? "No trusted issuer" : $"The trusted issuer '{issuer}'";
                Report(new MedatarunException(
                    IssuerProblems.IssuerRuleNotFound, $"{whose} has {(issuer is null ? "a" : "no")} rule '{name}'."), name);
            }

            foreach (var rule in found)
            {
                WriteObject(new MedatarunTrustedIssuerRule(rule));
            }
        }
    }
}
