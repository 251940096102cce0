using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Operations;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Users;

/// <summary>The shape of every change to one user: find them, keep the rules, change.</summary>
internal abstract class UserChangeHandler<TRequest, TResponse>(Operation<TRequest, TResponse> operation)
    : OperationHandler<TRequest, TResponse>(operation)
    where TRequest : class, IUserReference
    where TResponse : class
{
    public override ValueTask<Outcome<Prepared<TResponse>>> PrepareAsync(
        TRequest request, CallContext call, CancellationToken cancellationToken) => new(ChangeFound(request, call));

    /// <summary>The change, made to the user that the request names.</summary>
    protected abstract Outcome<TResponse> Change(
        StoreTransaction transaction, UserRow user, TRequest request, Caller caller, DateTimeOffset now);

    /// <summary>The work that finds the user and changes them.</summary>
    protected Prepared<TResponse> ChangeFound(TRequest request, CallContext call)
    {
        call.Target = string.IsNullOrEmpty(request.Username) ? request.Id : request.Username;
        return Prepared<TResponse>.InStore((transaction, caller) => UserQueries.Find(transaction, request) is { } user
            ? Change(transaction, user, request, caller, call.Now)
            : UserRules.NotFound(request));
    }
}
