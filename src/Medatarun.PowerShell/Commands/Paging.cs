namespace Medatarun.PowerShell.Commands;

/// <summary>Reads lists that come in pages: a page at a time, and no further than they are wanted.</summary>
internal static class Paging
{
    // The first page is small, for those who want only the first items; the others save round trips.
    private const int FirstPage = 100;
    private const int FurtherPages = 1000;

    /// <summary>The items of all pages. The next page is asked for when the one before is used up.</summary>
    /// <param name="ask">Asks for a page, given how many items it may hold and the end of the page before.</param>
    public static IEnumerable<TItem> Read<TItem>(Func<int, string?, (IReadOnlyList<TItem> Items, string? Next)> ask)
    {
        var page = ask(FirstPage, null);
        while (true)
        {
            foreach (var item in page.Items)
            {
                yield return item;
            }

            if (page.Next is null)
            {
                yield break;
            }

            page = ask(FurtherPages, page.Next);
        }
    }
}
