using System.Management.Automation;
using System.Reflection;

namespace Medatarun.HelpBuilder.Surface;

/// <summary>Reads the cmdlets of an assembly from its metadata. No constructor of a cmdlet or an attribute runs.</summary>
internal static class SurfaceReader
{
    public static IReadOnlyList<CmdletSurface> Read(string assemblyPath) =>
        [.. from type in Assembly.LoadFrom(Path.GetFullPath(assemblyPath)).GetExportedTypes()
            let declaration = Attributes(type, nameof(CmdletAttribute)).FirstOrDefault()
            where declaration is not null && !type.IsAbstract
            let cmdlet = Cmdlet(type, declaration)
            orderby cmdlet.Name
            select cmdlet];

    private static CmdletSurface Cmdlet(Type type, CustomAttributeData declaration) => new(
        (string)declaration.ConstructorArguments[0].Value!,
        (string)declaration.ConstructorArguments[1].Value!,
        Named<string>(declaration, nameof(CmdletAttribute.DefaultParameterSetName)),
        Named<bool>(declaration, nameof(CmdletAttribute.SupportsShouldProcess)),
        [.. Attributes(type, nameof(OutputTypeAttribute)).SelectMany(OutputTypes).Distinct()],
        [.. type.GetProperties().Select(Parameter).OfType<ParameterSurface>()]);

    private static IEnumerable<string> OutputTypes(CustomAttributeData attribute) =>
        attribute.ConstructorArguments.SelectMany(Values).Select(value => value is Type type ? type.FullName! : (string)value!);

    private static ParameterSurface? Parameter(PropertyInfo property)
    {
        var declarations = Attributes(property, nameof(ParameterAttribute))
            .Where(declaration => !Named<bool>(declaration, nameof(ParameterAttribute.DontShow))).ToList();
        return declarations.Count == 0 ? null : new ParameterSurface(
            property.Name,
            TypeName(property.PropertyType),
            property.PropertyType == typeof(SwitchParameter),
            Attributes(property, nameof(SupportsWildcardsAttribute)).Any(),
            Strings(property, nameof(AliasAttribute)),
            AllowedValues(property),
            [.. declarations.Select(Binding)]);
    }

    private static ParameterBinding Binding(CustomAttributeData declaration) => new(
        Named<string>(declaration, nameof(ParameterAttribute.ParameterSetName)) ?? ParameterBinding.AllSets,
        declaration.NamedArguments.Any(argument => argument.MemberName == nameof(ParameterAttribute.Position))
            ? Named<int>(declaration, nameof(ParameterAttribute.Position)) : null,
        Named<bool>(declaration, nameof(ParameterAttribute.Mandatory)),
        Named<bool>(declaration, nameof(ParameterAttribute.ValueFromPipeline)),
        Named<bool>(declaration, nameof(ParameterAttribute.ValueFromPipelineByPropertyName)),
        Named<bool>(declaration, nameof(ParameterAttribute.ValueFromRemainingArguments)));

    private static IReadOnlyList<string> AllowedValues(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type.IsEnum ? Enum.GetNames(type) : Strings(property, nameof(ValidateSetAttribute));
    }

    private static string TypeName(Type type) => (Nullable.GetUnderlyingType(type) ?? type).Name;

    private static IReadOnlyList<string> Strings(MemberInfo member, string attribute) =>
        [.. Attributes(member, attribute).SelectMany(found => found.ConstructorArguments).SelectMany(Values).OfType<string>()];

    private static IEnumerable<object?> Values(CustomAttributeTypedArgument argument) =>
        argument.Value is IReadOnlyCollection<CustomAttributeTypedArgument> many ? many.SelectMany(Values) : [argument.Value];

    private static IEnumerable<CustomAttributeData> Attributes(MemberInfo member, string name) =>
        member.GetCustomAttributesData().Where(attribute => attribute.AttributeType.Name == name);

    private static T? Named<T>(CustomAttributeData attribute, string member) =>
        attribute.NamedArguments.Where(argument => argument.MemberName == member)
            .Select(argument => (T?)argument.TypedValue.Value).FirstOrDefault();
}
