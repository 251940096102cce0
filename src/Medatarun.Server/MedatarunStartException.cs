namespace Medatarun.Server;

/// <summary>The server cannot start. The message is one sentence for the admin, and names what to correct.</summary>
public sealed class MedatarunStartException : Exception
{
    /// <summary>Whether it is the initial state that cannot be applied, and not the server that cannot run. Default: false.</summary>
    public bool IsInitialState { get; init; }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">One sentence for the admin.</param>
    /// <param name="inner">What happened below, if anything.</param>
    public MedatarunStartException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
