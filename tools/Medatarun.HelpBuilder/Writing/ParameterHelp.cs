using System.Globalization;
using System.Xml.Linq;
using Medatarun.HelpBuilder.Pages;
using Medatarun.HelpBuilder.Surface;
using static Medatarun.HelpBuilder.Writing.Maml;

namespace Medatarun.HelpBuilder.Writing;

/// <summary>A parameter in MAML: what its attributes declare, with what the page says.</summary>
internal sealed record ParameterHelp(ParameterSurface Surface, PageParameter Page)
{
    /// <summary>What PowerShell adds to every cmdlet that changes something.</summary>
    public static IReadOnlyList<ParameterHelp> ShouldProcess { get; } =
    [
        Switch("WhatIf", "wi", "Says what the cmdlet would do, and does not do it."),
        Switch("Confirm", "cf", "Asks before the cmdlet does it."),
    ];

    /// <summary>The parameter as a part of one syntax line.</summary>
    public XElement InSyntax(ParameterBinding binding) => Element(
        binding,
        Surface.AllowedValues.Count > 0
            ? new XElement(Command + "parameterValueGroup", Surface.AllowedValues.Select(value => Value(value, binding.Mandatory)))
            : Surface.IsSwitch ? null : Value(Surface.TypeName, required: true));

    /// <summary>The parameter in the list of all.</summary>
    public XElement Details() => Element(Surface.Bindings[0], Value(Surface.TypeName, required: !Surface.IsSwitch));

    private static ParameterHelp Switch(string name, string alias, string description) => new(
        new ParameterSurface(
            name, "SwitchParameter", IsSwitch: true, TakesWildcards: false, [alias], [],
            [new ParameterBinding(ParameterBinding.AllSets, Position: null, Mandatory: false, ByValue: false, ByPropertyName: false, FromRemaining: false)]),
        new PageParameter(name, 0, [description], "False"));

    private static XElement Value(string text, bool required) => new(
        Command + "parameterValue",
        new XAttribute("required", Text(required)),
        new XAttribute("variableLength", "false"),
        text);

    private static string Text(bool value) => value ? "true" : "false";

    private XElement Element(ParameterBinding binding, XElement? value) => new(
        Command + "parameter",
        new XAttribute("required", Text(binding.Mandatory)),
        new XAttribute("variableLength", Text(binding.FromRemaining)),
        new XAttribute("globbing", Text(Surface.TakesWildcards)),
        new XAttribute("pipelineInput", binding.PipelineInput),
        new XAttribute("position", binding.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
        new XAttribute("aliases", Surface.Aliases.Count == 0 ? "none" : string.Join(", ", Surface.Aliases)),
        new XElement(Namespace + "name", Surface.Name),
        Described(Page.Description),
        value,
        new XElement(Dev + "type", new XElement(Namespace + "name", Surface.TypeName), new XElement(Namespace + "uri")),
        new XElement(Dev + "defaultValue", Page.Default ?? (Surface.IsSwitch ? "False" : "None")));
}
