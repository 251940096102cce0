namespace Medatarun.Server.Operations;

/// <summary>A row that came in: what it says, or why that could not be read.</summary>
/// <param name="Number">Its number in the call, from 1.</param>
/// <param name="Row">What it says; null when it could not be read.</param>
/// <param name="Problem">Why it could not be read.</param>
internal readonly record struct StreamRow<TRow>(int Number, TRow? Row, Problem? Problem)
    where TRow : class;
