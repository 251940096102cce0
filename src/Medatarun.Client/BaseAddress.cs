namespace Medatarun.Client;

/// <summary>The rules for a server's address.</summary>
internal static class BaseAddress
{
    public static Uri Check(Uri url, ConnectionOptions options)
    {
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            throw new MedatarunException(ClientProblems.InvalidUrl, $"'{url.OriginalString}' is not an absolute http or https URL.");
        }

        if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback && !options.AllowInsecure)
        {
            throw new MedatarunException(
                ClientProblems.InsecureUrl, $"Plain http to {url.Host} would send passwords and tokens in clear.");
        }

        // User information, query and fragment have no meaning here, and must not end up in a log.
        var path = url.AbsolutePath.EndsWith('/') ? url.AbsolutePath : url.AbsolutePath + "/";
        return new UriBuilder(url.Scheme, url.Host, url.Port, path).Uri;
    }
}
