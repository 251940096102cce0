using System.Globalization;
using Medatarun.Crash;

if (Rounds(args) is not { } rounds)
{
    await Console.Error.WriteLineAsync("usage: [--rounds N]   default: 100");
    return 2;
}

using var home = new TemporaryFolder();
var crashes = new CrashRounds(home.Path, Console.Out);
await crashes.RunAsync(rounds);
return crashes.Failures == 0 ? 0 : 1;

static int? Rounds(string[] given) =>
    given.Length == 0 ? 100
    : given is ["--rounds", var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
    : null;
