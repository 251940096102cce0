using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;
using Medatarun.Server.Tokens;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using static Medatarun.Server.External.TokenExamination;

namespace Medatarun.Server.External;

/// <summary>
/// From the text of a token that is not ours to what it says, or the reason why it is refused. Verifying and diagnosing take the same
/// steps: who diagnoses writes down what each of them found.
/// </summary>
internal sealed class ExternalTokenVerifier
{
    private readonly StoreHolder store;
    private readonly IssuerKeys keys;
    private readonly MedatarunServerOptions options;
    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = JwtText.MaxLength };
    private readonly IReadOnlyList<TokenStep> steps;

    public ExternalTokenVerifier(StoreHolder store, IssuerKeys keys, MedatarunServerOptions options)
    {
        this.store = store;
        this.keys = keys;
        this.options = options;
        steps =
        [
            TokenStep.Of("format", ExternalTokenSteps.Format),
            TokenStep.Of("issuer", Issuer),
            TokenStep.Of("algorithm", ExternalTokenSteps.Algorithm),
            new TokenStep("key", KeyAsync),
            new TokenStep("signature", SignatureAsync),
            // From here on it is the issuer who speaks.
            TokenStep.Of("type", ExternalTokenSteps.Type),
            TokenStep.Of("audience", ExternalTokenSteps.Audience),
            TokenStep.Of("subject", ExternalTokenSteps.Subject),
            // The last: only what is good but for its end has expired.
            TokenStep.Of("time", ExternalTokenSteps.Time),
        ];
    }

    /// <summary>What a token says, or the refusal that its sender gets.</summary>
    public ValueTask<Outcome<ExternalToken>> VerifyAsync(JwtText token, DateTimeOffset now) =>
        RunAsync(new TokenExamination(token, null, now), null);

    /// <summary>What a token says, or the refusal that its sender gets.</summary>
    public async ValueTask<Outcome<ExternalToken>> VerifyAsync(string token, DateTimeOffset now)
    {
        using var text = JwtText.Read(token, out var fault);
        return await RunAsync(new TokenExamination(text, fault, now), null);
    }

    /// <summary>Why a token is accepted or refused, for whoever may manage issuers.</summary>
    public async ValueTask<ExternalDiagnosis> DiagnoseAsync(string token, DateTimeOffset now)
    {
        using var text = JwtText.Read(token, out var fault);
        var examination = new TokenExamination(text, fault, now);
        var checks = new List<IssuerTestCheck>();
        var outcome = await RunAsync(examination, checks);
        return new ExternalDiagnosis(examination.Issuer, outcome, checks);
    }

    private async ValueTask<Outcome<ExternalToken>> RunAsync(TokenExamination examination, List<IssuerTestCheck>? checks)
    {
        foreach (var step in steps)
        {
            var finding = await step.LookAsync(examination);
            checks?.Add(new IssuerTestCheck
            {
                Check = step.Name,
                Passed = finding.Refusal is null,
                Detail = finding.Detail(examination),
            });
            if (finding.Refusal is { } refusal)
            {
                return refusal;
            }
        }

        return new ExternalToken
        {
            Issuer = examination.Issuer!,
            Subject = examination.Subject,
            Claims = examination.Text.Claims,
            ExpiresAt = examination.Time("exp")!.Value + ExternalTokenSteps.Skew,
        };
    }

    private Finding Issuer(TokenExamination token)
    {
        var name = token.Text.Issuer!;
        if (name == options.Issuer)
        {
            return Finding.Bad(static _ => "It is a token of this server itself, which needs no trusted issuer.");
        }

        token.Issuer = store.Current.Read(transaction => TrustedIssuerQueries.FindByIssuer(transaction, name));
        return token.Issuer is null
            ? Finding.Bad(static token => $"It is of {Shown(token.Text.Issuer)}, and there is no trusted issuer with exactly that 'iss'.")
            : token.Issuer.DisabledAt is not null
                ? Finding.Bad(static token => $"The trusted issuer '{token.Issuer!.Name}' is disabled.")
                : Finding.Good(static token => $"It is of the trusted issuer '{token.Issuer!.Name}'.");
    }

    private async ValueTask<Finding> KeyAsync(TokenExamination token)
    {
        token.Keys = await keys.FindAsync(token.Issuer!, token.KeyId, token.Algorithm);
        if (token.Keys.Keys is not { } known)
        {
            return Finding.Bad(
                static token => $"The keys of '{token.Issuer!.Name}' cannot be fetched. {token.Keys.Failure}",
                new Problem(IssuerProblems.IssuerUnavailable) { RetryAfter = token.Keys.RetryAfter });
        }

        token.Key = known.Find(token.KeyId, token.Algorithm);
        return token.Key is null
            ? Finding.Bad(ExternalTokenSteps.NoKey)
            : Finding.Good(static token => $"The issuer has the key {Shown(token.Key!.Id)}, which is of the right type.");
    }

    private async ValueTask<Finding> SignatureAsync(TokenExamination token)
    {
        var result = await handler.ValidateTokenAsync(token.Text.Value, new TokenValidationParameters
        {
            ValidIssuer = token.Issuer!.Issuer,
            ValidAlgorithms = [token.Algorithm],
            IssuerSigningKey = token.Key!.Key,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            // Steps of their own, each with an answer of its own.
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        return result.IsValid
            ? Finding.Good(static _ => "It was signed with that key.")
            : Finding.Bad(static token =>
                $"It was not signed with the key {Shown(token.Key!.Id)} of the issuer, or was changed afterwards.");
    }
}
