using Medatarun.Contracts.Import;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Guessing;
using Medatarun.Server.Operations;
using Medatarun.Server.Passwords;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Import;

/// <summary>Makes or changes users, a row each (docs/decisions/0012-import.md).</summary>
internal sealed class UserImportHandler(
    StoreHolder store,
    OperationPipeline pipeline,
    RowPreparation preparation,
    PasswordHasher hasher,
    GuessGuard guard,
    MedatarunServerOptions options)
    : StreamHandler<UserImportRequest, UserImportRow, UserImportResult>(ImportOperations.UserImport)
{
    // Each holds some hundred rows, which may be 16 KiB long.
    private const int MaxRuns = 16;

    private static readonly Problem TooMany =
        new(ProblemCatalogue.Throttled, "Too many imports are running.") { RetryAfter = TimeSpan.FromSeconds(5) };

    private readonly ImportTools tools = new(store, pipeline, preparation, hasher, guard, options);
    private int running;

    public override Outcome<IStreamRun<UserImportRow, UserImportResult>> Open(UserImportRequest request, CallContext call)
    {
        if (ImportOptions.Parse(request).Failed(out var problem, out var parsed))
        {
            return problem;
        }

        if (Interlocked.Increment(ref running) > MaxRuns)
        {
            Interlocked.Decrement(ref running);
            return TooMany;
        }

        return new ImportRun(tools, parsed, call, () => Interlocked.Decrement(ref running));
    }
}
