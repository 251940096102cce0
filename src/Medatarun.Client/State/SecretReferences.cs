using System.Text;
using Medatarun.Contracts;
using Medatarun.Contracts.State;

namespace Medatarun.Client.State;

/// <summary>The secrets that a state refers to: they are in the environment or in files, and in no document.</summary>
public static class SecretReferences
{
    // Far more than a password may have; a reference to the wrong file is noticed before it is read.
    private const int MaxFileBytes = 64 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the passwords of users.</summary>
    /// <param name="document">The document that refers to them.</param>
    /// <param name="folder">The folder of the document, to which files are relative.</param>
    /// <param name="usernames">Whose passwords are needed: those who will be made. Default: everybody's that the document refers to.</param>
    /// <param name="environment">Reads a variable; null when it is not set. Default: the process's own environment.</param>
    /// <returns>The passwords by username.</returns>
    /// <exception cref="MedatarunException"><c>secret_not_found</c>: <c>Errors</c> names each reference that leads nowhere, and no secret.</exception>
    public static IReadOnlyDictionary<string, Secret> Resolve(
        StateDocument document, string folder, IEnumerable<string>? usernames = null, Func<string, string?>? environment = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        var needed = usernames?.ToHashSet(StringComparer.Ordinal);
        var passwords = new Dictionary<string, Secret>(StringComparer.Ordinal);
        var missing = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        for (var i = 0; i < (document.Users?.Count ?? 0); i++)
        {
            if (document.Users![i] is not { Username: { } username, Password: { } reference } || needed?.Contains(username) == false)
            {
                continue;
            }

            if (Read(reference, folder, environment ?? Environment.GetEnvironmentVariable, out var reason) is { } password)
            {
                passwords[username] = password;
            }
            else
            {
                missing[$"users[{i}].password"] = [reason];
            }
        }

        return missing.Count == 0
            ? passwords
            : throw new MedatarunException(ClientProblems.SecretNotFound, errors: missing);
    }

    /// <summary>The document with its references to files made relative to another folder, so that they lead to the same files from there.</summary>
    /// <param name="document">The document.</param>
    /// <param name="folder">The folder to which they are relative.</param>
    /// <param name="newFolder">The folder to which they shall be.</param>
    public static StateDocument Rebase(StateDocument document, string folder, string newFolder)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Users is not { } users || Path.GetFullPath(folder) == Path.GetFullPath(newFolder)
            ? document
            : document with
            {
                Users = [.. users.Select(user => user?.Password?.File is { Length: > 0 } file
                    ? user with
                    {
                        Password = user.Password with
                        {
                            File = Path.IsPathRooted(file) ? file : Path.GetRelativePath(newFolder, Path.GetFullPath(file, Path.GetFullPath(folder))),
                        },
                    }
                    : user!)],
            };
    }

    private static Secret? Read(StateSecret reference, string folder, Func<string, string?> environment, out string reason)
    {
        if (string.IsNullOrEmpty(reference.Env) == string.IsNullOrEmpty(reference.File))
        {
            reason = "Either 'env' or 'file' says where it comes from.";
            return null;
        }

        if (reference.Env is { Length: > 0 } name)
        {
            reason = $"The environment variable '{name}' is not set, or empty.";
            return environment(name) is { Length: > 0 } value ? new Secret(value) : null;
        }

        return ReadFile(Path.GetFullPath(reference.File!, Path.GetFullPath(folder)), out reason);
    }

    private static Secret? ReadFile(string path, out string reason)
    {
        try
        {
            reason = $"The file '{path}' is empty, or too large for a secret.";
            if (new FileInfo(path).Length > MaxFileBytes)
            {
                return null;
            }

            var text = StrictUtf8.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
            // The line break that editors and 'echo' leave at the end is not part of it.
            text = text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
            return text.Length > 0 ? new Secret(text) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            reason = exception is FileNotFoundException or DirectoryNotFoundException ? $"There is no file '{path}'."
                : exception is DecoderFallbackException ? $"The file '{path}' is no text in UTF-8."
                : $"The file '{path}' cannot be read.";
            return null;
        }
    }
}
