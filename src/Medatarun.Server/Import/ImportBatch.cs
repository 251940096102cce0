using Medatarun.Contracts.Import;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Audit;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;
using Medatarun.Server.Users;

namespace Medatarun.Server.Import;

/// <summary>
/// Rows that go to the writer together: one piece of work, in which each row stands or falls by itself, and has an audit record when it
/// changed something or was refused here.
/// </summary>
internal sealed class ImportBatch(
    StoreTransaction transaction, ImportTools tools, ImportOptions options, CallContext call, TriedNames? tried)
{
    private static readonly Operation Operation = ImportOperations.UserImport;

    private Caller caller = call.Caller;
    private GrantCache grants = new(transaction, call.Caller);

    /// <summary>Judges the caller and takes the rows; the refusal of the caller undoes nothing, for nothing was done.</summary>
    public Outcome<IReadOnlyList<UserImportResult>> Run(List<PendingRow> rows)
    {
        if (Judge() is { } refusal)
        {
            return refusal;
        }

        if (!options.DryRun)
        {
            return RunRows(rows);
        }

        transaction.Run("SAVEPOINT trial");
        var outcome = RunRows(rows);
        transaction.Run("ROLLBACK TO trial");
        transaction.Run("RELEASE trial");
        return outcome;
    }

    private Outcome<IReadOnlyList<UserImportResult>> RunRows(List<PendingRow> rows)
    {
        var results = new UserImportResult[rows.Count];
        for (var i = 0; i < results.Length; i++)
        {
            if (RunRow(rows[i]).Failed(out var lost, out var result))
            {
                return lost;
            }

            results[i] = result;
        }

        return results;
    }

    private Problem? Judge()
    {
        if (OperationPipeline.Authorized(transaction, Operation, call, out var current) is { } refusal)
        {
            AuditLog.Append(transaction, Operation, call, refusal);
            return refusal;
        }

        (caller, grants) = (current, new GrantCache(transaction, current));
        return null;
    }

    private Outcome<UserImportResult> RunRow(PendingRow row)
    {
        if (row.Problem is { } known)
        {
            return ImportResults.Failed(row, known);
        }

        transaction.Run("SAVEPOINT import_row");
        var outcome = Apply(row);
        if (outcome.Problem is not null)
        {
            transaction.Run("ROLLBACK TO import_row");
        }

        transaction.Run("RELEASE import_row");
        Record(row, outcome);
        return outcome.Failed(out var problem, out var done) ? ImportResults.Failed(row, problem)
            : done.Id == caller.ActorId && done.Status == UserImportResult.Updated && Judge() is { } lost ? lost
            : ImportResults.Done(row, done, keepsId: !options.DryRun || done.Status != UserImportResult.Created);
    }

    private Outcome<RowOutcome> Apply(PendingRow row)
    {
        var user = row.User!;
        if (!UserQueries.IsNameTaken(transaction, user.Username))
        {
            return tried?.Has(row.Username!) == true ? ExistsInFile(user) : Create(user, row.Hashing?.Result);
        }

        return UserQueries.FindByName(transaction, user.Username.Value) is not { } existing || options.IfExists == ExistingUsers.Fail
            ? ProblemCatalogue.UserAlreadyExists
            : options.IfExists == ExistingUsers.Skip ? new RowOutcome(UserImportResult.Existing, existing.Id)
            : EmailOfFile(user) is { } taken ? taken
            : new UserChange(transaction, caller, grants, tools.Hasher, tools.Guard, options.DryRun, call.Now)
                .Change(existing, user, row.Hashing?.Result);
    }

    private Outcome<RowOutcome> Create(ImportedUser user, NewPassword? password) =>
        // It was there when it was looked for, and is not any more; but no name is given out again.
        user.Password is not null && password is null && !options.DryRun ? ProblemCatalogue.UserAlreadyExists
        : EmailOfFile(user) is { } taken ? taken
        : new UserCreation(transaction, grants, tools.Hasher, tools.Options.Issuer, call.Now).Create(user, password);

    // What a dry run would have made is not in the store, so that all that can be said is what the row would do to it.
    private Outcome<RowOutcome> ExistsInFile(ImportedUser user) =>
        options.IfExists == ExistingUsers.Fail ? ProblemCatalogue.UserAlreadyExists
        : EmailOfFile(user) is { } taken ? taken
        : new RowOutcome(
            options.IfExists == ExistingUsers.Update && user.SaysAnything ? UserImportResult.Updated : UserImportResult.Existing, null);

    private Problem? EmailOfFile(ImportedUser user) =>
        user.Email is { } email && tried?.HasOther(email.Key, user.Username.Value) == true
            ? Problem.OfMember(ProblemCatalogue.EmailAlreadyUsed, "email", "Another row of the file has this e-mail address.")
            : null;

    private void Record(PendingRow row, Outcome<RowOutcome> outcome)
    {
        if (outcome.Problem is null && outcome.Value.Status == UserImportResult.Existing)
        {
            return;
        }

        if (!options.DryRun)
        {
            AuditLog.Append(transaction, Operation, call, outcome.Problem, row.Username);
        }
        else if (outcome.Problem is null)
        {
            tried!.Add(row.Username!, row.User!.Email?.Key);
        }
    }
}
