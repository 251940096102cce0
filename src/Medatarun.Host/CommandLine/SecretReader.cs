using System.Text;

namespace Medatarun.Host.CommandLine;

/// <summary>Where secrets come from that do not stand on the command line.</summary>
/// <param name="readLine">Reads a line of standard input; null at its end.</param>
/// <param name="prompt">Asks without echo, given the question; null when nobody is there to be asked.</param>
internal sealed class SecretReader(Func<string?> readLine, Func<string, string>? prompt)
{
    /// <summary>Whether somebody can be asked.</summary>
    public bool CanAsk => prompt is not null;

    /// <summary>The real console's.</summary>
    public static SecretReader FromConsole()
    {
        var input = new Lazy<StreamReader>(() => new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false)));
        return new(() => input.Value.ReadLine(), Console.IsInputRedirected ? null : AskConsole);
    }

    /// <summary>The next line of standard input; null at its end.</summary>
    public string? ReadLine() => readLine();

    /// <summary>Asks for a secret.</summary>
    public string Ask(string question) => prompt is null ? throw new InvalidOperationException("Nobody is there to be asked.") : prompt(question);

    private static string AskConsole(string question)
    {
        Console.Error.Write(question);
        var answer = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                answer.Length = Math.Max(0, answer.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                answer.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return answer.ToString();
    }
}
