namespace Medatarun.Server;

/// <summary>How password hashes are computed. The hashes are the same.</summary>
public enum PasswordHashing
{
    /// <summary>Several at once where the processor has 512-bit vectors, else as <see cref="Framework"/>.</summary>
    Auto,

    /// <summary>One after the other on each processor, by the framework.</summary>
    Framework,
}
