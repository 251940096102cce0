using System.Collections;
using System.Management.Automation;
using Medatarun.Client;
using Medatarun.PowerShell.Errors;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Importing;

/// <summary>What <c>-Map</c> says: a template, members of users with the columns or script blocks that they are made of, or both.</summary>
internal sealed class UserMap
{
    private readonly Dictionary<UserMember, object> said = [];
    private readonly Dictionary<string, (string Name, string Where)> made = new(StringComparer.Ordinal);
    private readonly string? template;

    /// <summary>Reads the parameter.</summary>
    /// <param name="parts">Names of templates, and dictionaries; null for none.</param>
    /// <exception cref="MedatarunException"><c>unknown_map</c>.</exception>
    public UserMap(object[]? parts)
    {
        foreach (var part in (parts ?? []).Select(PipelineValue.Unwrap))
        {
            switch (part)
            {
                case string name:
                    template = MapTemplates.All.FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Name
                        ?? throw Refusal($"There is no template '{name}'. There are {TemplateNames()}.");
                    break;
                case IDictionary dictionary:
                    foreach (DictionaryEntry entry in dictionary)
                    {
                        Add($"{entry.Key}", PipelineValue.Unwrap(entry.Value));
                    }

                    break;
                default:
                    throw Refusal("A map is the name of a template, or a hashtable.");
            }
        }
    }

    /// <summary>The columns that hold what must not be shown.</summary>
    /// <param name="plain">A column's name as <see cref="ColumnName.Plain"/> writes it.</param>
    public bool IsSecret(string plain) => ColumnName.IsSecret(plain) || said.Any(member =>
        member.Key is UserMember.Password or UserMember.PasswordHash && member.Value is string column && ColumnName.Plain(column) == plain);

    /// <summary>Chooses how rows are read that look like this one.</summary>
    /// <param name="first">The first row.</param>
    /// <exception cref="MedatarunException"><c>unknown_columns</c>, <c>unknown_map</c>.</exception>
    public RowMapper For(SourceRow first)
    {
        var known = MapTemplates.All.FirstOrDefault(known => (template is null || known.Name == template) && known.Fits(first));
        if (known is null && template is not null)
        {
            throw new MedatarunException(
                ImportFileProblems.UnknownColumns, $"The columns are not those of the template '{template}'. They are {Columns(first)}.");
        }

        known ??= MapTemplates.Medatarun;
        if (known == MapTemplates.Medatarun && !said.ContainsKey(UserMember.UserName) && !first.Has("username"))
        {
            throw new MedatarunException(
                ImportFileProblems.UnknownColumns, $"No column is known to hold the username. The columns are {Columns(first)}.");
        }

        var members = new Dictionary<UserMember, Func<SourceRow, object?>>(known.Members);
        foreach (var (member, source) in said)
        {
            members[member] = source is ScriptBlock script ? Run(script) : ReadColumn(first, (string)source);
        }

        return new RowMapper(members, known.ForeignNames || said.ContainsKey(UserMember.UserName) ? made : null);
    }

    private void Add(string key, object? value)
    {
        if (Enum.TryParse<UserMember>(key, ignoreCase: true, out var member))
        {
            said[member] = value is string { Length: > 0 } or ScriptBlock
                ? value
                : throw Refusal($"For '{key}' the map has neither a column nor a script block.");
        }
        else if (value is string text && Enum.TryParse(text, ignoreCase: true, out member))
        {
            // The other way round: the column, and what it is.
            said[member] = key;
        }
        else
        {
            throw Refusal($"'{key}' is no member of users. There are {string.Join(", ", Enum.GetNames<UserMember>())}.");
        }
    }

    // In a file the header says which columns there are; objects may differ from one another.
    private static Func<SourceRow, object?> ReadColumn(SourceRow first, string written)
    {
        var column = ColumnName.Plain(written);
        return first is not CsvRow || first.Has(column)
            ? row => row.Get(column)
            : throw new MedatarunException(
                ImportFileProblems.UnknownColumns, $"The map names a column '{written}', which the file does not have. It has {Columns(first)}.");
    }

    private static Func<SourceRow, object?> Run(ScriptBlock script) => row =>
    {
        var variables = new List<PSVariable> { new("_", row.ToObject(_ => true)) };
        var results = script.InvokeWithContext(null, variables, []);
        return results.Count switch
        {
            0 => null,
            1 => PipelineValue.Unwrap(results[0]) is string { Length: 0 } ? null : PipelineValue.Unwrap(results[0]),
            _ => results.Select(PipelineValue.Unwrap).ToArray(),
        };
    };

    private static string Columns(SourceRow row) => string.Join(", ", row.Names);

    private static string TemplateNames() => string.Join(", ", MapTemplates.All.Select(known => known.Name).Distinct());

    private static MedatarunException Refusal(string sentence) => new(ImportFileProblems.UnknownMap, sentence);
}
