using Medatarun.Contracts;

namespace Medatarun.Client.JobTokens;

/// <summary>Reads tokens out of files.</summary>
internal static class TokenFile
{
    /// <summary>The token in a file; null when there is no such file, or nothing in it.</summary>
    /// <exception cref="MedatarunException">The file cannot be read.</exception>
    public static JobToken? Read(JobEnvironment environment, string path, JobTokenSource source)
    {
        try
        {
            return environment.File(path) is { } token ? new JobToken(new Secret(token), source, $"the file {path}") : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MedatarunException(
                ClientProblems.FederatedTokenUnavailable, $"The file {path} cannot be read: {exception.Message}", exception);
        }
    }
}
