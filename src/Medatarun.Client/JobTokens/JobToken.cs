using Medatarun.Contracts;

namespace Medatarun.Client.JobTokens;

/// <summary>The token that a job was given, to be exchanged for a session.</summary>
/// <param name="Token">The token.</param>
/// <param name="Source">What gave it.</param>
/// <param name="Place">Where it was found, for people: <c>the variable MEDATARUN_ID_TOKEN</c>. Never the token.</param>
public sealed record JobToken(Secret Token, JobTokenSource Source, string Place);
