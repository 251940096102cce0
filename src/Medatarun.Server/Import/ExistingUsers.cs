namespace Medatarun.Server.Import;

/// <summary>What an import does with users who exist.</summary>
internal enum ExistingUsers
{
    /// <summary>Leaves them as they are.</summary>
    Skip,

    /// <summary>Changes what the row says of them.</summary>
    Update,

    /// <summary>Lets the row fail.</summary>
    Fail,
}
