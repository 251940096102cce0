namespace Medatarun.Server.Access;

/// <summary>The form that usernames and keys share: <c>^[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*$</c>.</summary>
internal static class NameRule
{
    /// <summary>The rule, to stand in a sentence.</summary>
    public const string Sentence = "use lower case letters and digits, in parts joined by one '.', '_' or '-', a letter first";

    public static bool IsWellFormed(string text)
    {
        if (text.Length == 0 || !char.IsAsciiLetterLower(text[0]))
        {
            return false;
        }

        var previousJoins = false;
        foreach (var character in text)
        {
            var joins = character is '.' or '_' or '-';
            if ((joins && previousJoins) || !(joins || char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character)))
            {
                return false;
            }

            previousJoins = joins;
        }

        return !previousJoins;
    }
}
