namespace Medatarun.Server.External;

/// <summary>One thing that is looked at in an external token.</summary>
/// <param name="Name">What an administrator knows it by.</param>
/// <param name="LookAsync">Looks.</param>
internal sealed record TokenStep(string Name, Func<TokenExamination, ValueTask<Finding>> LookAsync)
{
    /// <summary>A step that waits for nothing.</summary>
    public static TokenStep Of(string name, Func<TokenExamination, Finding> look) => new(name, examination => new(look(examination)));
}
