using System.Text;
using Medatarun.Contracts.Auth;

namespace Medatarun.Server.External;

/// <summary>
/// A pattern for a whole text: <c>*</c> is any text, also an empty one, <c>?</c> is one character, <c>\</c> takes the next one as it is.
/// Matching never takes longer than the product of the lengths: of what a <c>*</c> may take, only that of the last one is ever tried anew.
/// </summary>
internal sealed class Glob
{
    /// <summary>What a pattern must be, to stand in a sentence.</summary>
    public const string Requirement = "a pattern of 1 to 256 characters, with at most 20 of '*' and '?', and no '\\' at its end";

    private const int MaxWildcards = 20;

    private readonly Piece[] pieces;

    private Glob(Piece[] pieces) => this.pieces = pieces;

    private enum Kind
    {
        Exactly,
        AnyOne,
        AnyText,
    }

    /// <summary>Reads a pattern; null when it cannot be read.</summary>
    public static Glob? Parse(string pattern)
    {
        if (pattern.Length is 0 or > ClaimCondition.MaxLength)
        {
            return null;
        }

        var pieces = new List<Piece>(pattern.Length);
        var escaped = false;
        foreach (var rune in pattern.EnumerateRunes())
        {
            if (!escaped && rune.Value == '\\')
            {
                escaped = true;
                continue;
            }

            pieces.Add(new Piece(
                escaped ? Kind.Exactly : rune.Value switch { '*' => Kind.AnyText, '?' => Kind.AnyOne, _ => Kind.Exactly }, rune));
            escaped = false;
        }

        return escaped || pieces.Count(piece => piece.Kind != Kind.Exactly) > MaxWildcards ? null : new Glob([.. pieces]);
    }

    /// <summary>Whether a text fits the pattern, whole.</summary>
    public bool Matches(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        var (piece, rune) = (0, 0);
        // Where the last '*' stands, and up to where it took the text.
        var (star, taken) = (-1, 0);
        while (rune < runes.Length)
        {
            if (piece < pieces.Length && pieces[piece].Kind == Kind.AnyText)
            {
                (star, taken) = (piece++, rune);
            }
            else if (piece < pieces.Length && pieces[piece].Takes(runes[rune]))
            {
                piece++;
                rune++;
            }
            else if (star >= 0)
            {
                (piece, rune) = (star + 1, ++taken);
            }
            else
            {
                return false;
            }
        }

        return pieces.AsSpan(piece).IndexOfAnyExcept(Piece.Star) < 0;
    }

    private readonly record struct Piece(Kind Kind, Rune Rune)
    {
        public static Piece Star { get; } = new(Kind.AnyText, new Rune('*'));

        public bool Takes(Rune rune) => Kind == Kind.AnyOne || Rune == rune;
    }
}
