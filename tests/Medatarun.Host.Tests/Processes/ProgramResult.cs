namespace Medatarun.Host.Tests.Processes;

internal sealed record ProgramResult(int ExitCode, string Output, string Error);
