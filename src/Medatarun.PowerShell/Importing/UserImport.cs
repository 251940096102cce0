using Medatarun.Client;
using Medatarun.Contracts;
using Medatarun.Contracts.Import;
using Medatarun.Contracts.Problems;
using Medatarun.PowerShell.Errors;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Importing;

/// <summary>One import: rows go in, and what became of each comes out, in the same order. Everything happens on the pipeline's thread.</summary>
/// <param name="call">The call.</param>
/// <param name="map">How rows are read.</param>
/// <param name="generatePasswords">Whether users get a password who come without one.</param>
/// <param name="output">Where results go.</param>
internal sealed class UserImport(ImportCall call, UserMap map, bool generatePasswords, IUserImportOutput output) : IDisposable
{
    // How often progress is shown while nothing else happens.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Queue<Pending> pending = new();
    private RowMapper? mapper;

    /// <summary>Takes a row, and writes what became of earlier ones.</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="MedatarunException">The import as a whole failed.</exception>
    public void Add(SourceRow row)
    {
        mapper ??= map.For(row);
        var taken = Take(row);
        pending.Enqueue(taken);
        WriteAnswered();
        if (taken.Sent is { } sent)
        {
            call.Add(sent);
            HandOver(all: false);
        }
    }

    /// <summary>Writes what became of all that are left.</summary>
    /// <exception cref="MedatarunException">The import as a whole failed.</exception>
    public void Finish()
    {
        HandOver(all: true);
        call.Complete();
        do
        {
            WriteAnswered();
        }
        while (call.Wait(Patience));

        WriteAnswered();
        if (pending.TryPeek(out var unanswered))
        {
            throw new MedatarunException(
                ClientProblems.UnexpectedAnswer, $"{unanswered.Row} and those behind it were not answered. They may be there or not: import again.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => call.Dispose();

    private void HandOver(bool all)
    {
        while (!call.TryHandOver(all))
        {
            // The call does not end while rows are to come, unless it failed, which this throws.
            call.Wait(Patience);
            WriteAnswered();
        }
    }

    private Pending Take(SourceRow row)
    {
        try
        {
            var mapped = mapper!.Map(row);
            if (!generatePasswords || mapped.Password is not null || mapped.PasswordHash is not null)
            {
                return new Pending(row, mapped, Generated: null, Problem: null);
            }

            var generated = PasswordGenerator.New();
            return new Pending(row, mapped with { Password = generated }, generated, Problem: null);
        }
        catch (MedatarunException problem)
        {
            return new Pending(row, Sent: null, Generated: null, problem);
        }
    }

    private void WriteAnswered()
    {
        while (true)
        {
            while (pending.TryPeek(out var refused) && refused.Problem is { } problem)
            {
                pending.Dequeue();
                Fail(refused.Row, new MedatarunException(DefinitionOf(problem.Code), $"{refused.Row}: {problem.Message}", problem.InnerException));
            }

            if (!call.TryTake(out var answer))
            {
                output.ShowProgress();
                return;
            }

            if (answer.Summary is null)
            {
                Write(pending.Dequeue(), answer);
            }
            else if (answer.Code is not null)
            {
                throw ProblemOf(answer, answer.Detail);
            }
        }
    }

    private void Write(Pending row, UserImportResult answer)
    {
        if (answer.Status == UserImportResult.Failed)
        {
            Fail(row.Row, ProblemOf(answer, $"{row.Row}: {answer.Detail}"));
            return;
        }

        var (status, password) = answer.Status switch
        {
            UserImportResult.Created => ("Created", row.Generated),
            UserImportResult.Updated => ("Updated", null),
            _ => ("Existing", null),
        };
        output.Write(new MedatarunImportedUser(row.Row.Number, row.Sent!.Username ?? string.Empty, status, answer.Id, password));
    }

    // Passwords are in no error; the row is, so that it can be found, corrected and imported again. Of a malformed one nobody knows which
    // cell is what: it is shown by its number alone.
    private void Fail(SourceRow row, MedatarunException problem) => output.Fail(problem, row.ToObject(
        name => problem.Code != ImportFileProblems.MalformedRow.Code && !map.IsSecret(ColumnName.Plain(name))));

    private static ProblemDefinition DefinitionOf(string code) =>
        code == ImportFileProblems.UsernameClash.Code ? ImportFileProblems.UsernameClash : ImportFileProblems.MalformedRow;

    private static MedatarunException ProblemOf(UserImportResult answer, string? detail)
    {
        var code = answer.Code ?? ClientProblems.UnexpectedAnswer.Code;
        return new MedatarunException(new ProblemDocument
        {
            Code = code, Detail = detail, Errors = answer.Errors, Status = ProblemCatalogue.Find(code)?.Status ?? 0,
        });
    }

    private sealed record Pending(SourceRow Row, UserImportRow? Sent, Secret? Generated, MedatarunException? Problem);
}
