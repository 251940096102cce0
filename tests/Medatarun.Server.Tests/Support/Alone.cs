namespace Medatarun.Server.Tests.Support;

/// <summary>Tests that measure run when no other does, so that they measure what they mean.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
