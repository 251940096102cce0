namespace Medatarun.Server.State;

/// <summary>One thing of a state in the form in which two of a name are compared: its members as text.</summary>
/// <param name="Name">What it is known by within its kind.</param>
/// <param name="Item">The thing as it stands in the document.</param>
/// <param name="Members">Its members in the order of the document; null for one that nothing is said about.</param>
internal sealed record StateThing(string Name, object Item, IReadOnlyList<(string Member, string? Text)> Members);
