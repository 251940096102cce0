using System.Globalization;
using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Problems;

namespace Medatarun.PowerShell.Errors;

/// <summary>The one place where a refusal becomes an error record.</summary>
internal static class ErrorRecords
{
    /// <summary>Makes the record: stable id, category, target, the server's sentence, and what to do.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="target">The row or name it happened to.</param>
    public static ErrorRecord From(MedatarunException exception, object? target) =>
        new(exception, IdOf(exception.Code), CategoryOf(exception), target)
        {
            ErrorDetails = new ErrorDetails(Sentence(exception)) { RecommendedAction = exception.RecommendedAction ?? string.Empty },
        };

    /// <summary>Whether every further item would fail alike: nobody is signed in, or nobody answers.</summary>
    /// <param name="exception">What happened.</param>
    public static bool EndsCommand(MedatarunException exception) => StatusOf(exception) == 401 || exception.Code
        is "not_connected" or "server_unreachable" or "request_timed_out" or "unexpected_answer" or "insecure_url";

    /// <summary><c>user_already_exists</c> → <c>UserAlreadyExists</c>.</summary>
    /// <param name="code">A problem code.</param>
    public static string IdOf(string code) =>
        string.Concat(code.Split('_', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => string.Concat(char.ToUpper(word[0], CultureInfo.InvariantCulture).ToString(), word.AsSpan(1))));

    // The client refuses some of what the server would refuse, before it is sent and so without a status.
    private static int StatusOf(MedatarunException exception) =>
        exception.Status != 0 ? exception.Status : ProblemCatalogue.Find(exception.Code)?.Status ?? 0;

    private static ErrorCategory CategoryOf(MedatarunException exception) => exception.Code switch
    {
        "server_unreachable" or "not_connected" => ErrorCategory.ConnectionError,
        "request_timed_out" => ErrorCategory.OperationTimeout,
        "unexpected_answer" => ErrorCategory.ProtocolError,
        "insecure_url" => ErrorCategory.SecurityError,
        "invalid_url" or "invalid_body" or "bootstrap_secret_missing" => ErrorCategory.InvalidArgument,
        "username_clash" => ErrorCategory.ResourceExists,
        "unreadable_file" => ErrorCategory.ReadError,
        "unwritable_file" => ErrorCategory.WriteError,
        "unreadable_state" => ErrorCategory.InvalidData,
        "secret_not_found" => ErrorCategory.ObjectNotFound,
        "unknown_map" => ErrorCategory.InvalidArgument,
        "malformed_request" or "malformed_row" or "unknown_columns" => ErrorCategory.InvalidData,
        "port_in_use" or "server_already_running" => ErrorCategory.ResourceExists,
        "server_start_failed" => ErrorCategory.OpenError,
        "server_stop_failed" => ErrorCategory.CloseError,
        "server_not_found" or "no_federated_token" => ErrorCategory.ObjectNotFound,
        "federated_token_unavailable" => ErrorCategory.ResourceUnavailable,
        "dot_net_runtime_missing" => ErrorCategory.NotInstalled,
        "not_yourself" or "last_admin" or "managed" or "state_changed" or "bootstrap_already_consumed" or "principal_type_mismatch" or "principal_disabled"
            => ErrorCategory.InvalidOperation,
        "session_required" or "invalid_grant" => ErrorCategory.AuthenticationError,
        "registration_closed" => ErrorCategory.NotEnabled,
        "api_token_limit" => ErrorCategory.LimitsExceeded,
        _ => CategoryOf(StatusOf(exception)),
    };

    private static ErrorCategory CategoryOf(int status) => status switch
    {
        400 => ErrorCategory.InvalidArgument,
        401 => ErrorCategory.AuthenticationError,
        403 => ErrorCategory.PermissionDenied,
        404 => ErrorCategory.ObjectNotFound,
        405 or 415 => ErrorCategory.ProtocolError,
        409 => ErrorCategory.ResourceExists,
        413 => ErrorCategory.LimitsExceeded,
        429 => ErrorCategory.ResourceBusy,
        503 => ErrorCategory.ResourceUnavailable,
        _ => ErrorCategory.NotSpecified,
    };

    private static string Sentence(MedatarunException exception)
    {
        // What is wrong with each member is said once: many problems have it in their sentence already.
        var members = exception.Errors
            .SelectMany(member => member.Value
                .Where(error => !exception.Message.Contains(error, StringComparison.Ordinal))
                .Select(error => $"{member.Key}: {error}"));
        return string.Join(' ', members.Prepend(exception.Message));
    }
}
