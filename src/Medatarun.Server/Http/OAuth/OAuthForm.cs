using System.Globalization;
using System.Text;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Microsoft.AspNetCore.Http;

namespace Medatarun.Server.Http.OAuth;

/// <summary>
/// The parameters of a request to an OAuth endpoint. They are read from a form-encoded body alone, never from the query string, and
/// strictly: whatever two readers could read differently is refused.
/// </summary>
internal sealed class OAuthForm
{
    private const string MediaType = "application/x-www-form-urlencoded";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // RFC 8693 §2.1: whoever wants a token for several places names each of them.
    private static readonly string[] Repeatable = ["audience", "resource"];

    private readonly Dictionary<string, List<string>> values;

    private OAuthForm(Dictionary<string, List<string>> values) => this.values = values;

    /// <summary>The value of a parameter; null when it was not sent, or sent without a value (RFC 6749 §3.2).</summary>
    public string? this[string name] => All(name).FirstOrDefault();

    /// <summary>Every value of a parameter that may appear more than once, but for empty ones.</summary>
    public IEnumerable<string> All(string name) => values.GetValueOrDefault(name)?.Where(value => value.Length > 0) ?? [];

    public static async ValueTask<Outcome<OAuthForm>> ReadAsync(HttpContext context)
    {
        if ((await RequestReader.RawBodyAsync(context)).Failed(out var problem, out var body))
        {
            return problem;
        }

        return body.IsEmpty || RequestReader.IsOf(context.Request, MediaType)
            ? Parse(body.Span)
            : new Problem(ProblemCatalogue.InvalidRequest, $"The request body must be {MediaType}.");
    }

    public static Outcome<OAuthForm> Parse(ReadOnlySpan<byte> body)
    {
        var values = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var range in body.Split((byte)'&'))
        {
            var pair = body[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            var equals = pair.IndexOf((byte)'=');
            var name = Decode(equals < 0 ? pair : pair[..equals]);
            var value = equals < 0 ? "" : Decode(pair[(equals + 1)..]);
            if (name is null || value is null)
            {
                return new Problem(ProblemCatalogue.InvalidRequest, "The request body is not percent-encoded UTF-8 text.");
            }

            if (!values.TryAdd(name, [value]))
            {
                if (!Repeatable.Contains(name, StringComparer.Ordinal))
                {
                    // RFC 6749 §3.2.
                    return new Problem(ProblemCatalogue.InvalidRequest, "A parameter appears more than once.");
                }

                values[name].Add(value);
            }
        }

        return new OAuthForm(values);
    }

    // Null for a broken escape, bytes that are no UTF-8, and NUL, which no parameter has a use for.
    private static string? Decode(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[text.Length];
        var length = 0;
        for (var index = 0; index < text.Length; index++)
        {
            var value = text[index];
            if (value == '%')
            {
                if (index + 2 >= text.Length
                    || !byte.TryParse(text.Slice(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value))
                {
                    return null;
                }

                index += 2;
            }
            else if (value == '+')
            {
                value = (byte)' ';
            }

            if (value == 0)
            {
                return null;
            }

            bytes[length++] = value;
        }

        try
        {
            return Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
