using System.Text.RegularExpressions;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;

namespace Medatarun.Client.Tests.Contracts;

public sealed partial class OperationCatalogueTests
{
    public static TheoryData<string> Names() => [.. OperationCatalogue.All.Select(operation => operation.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_operation_says_what_it_does_and_who_may_call_it(string name)
    {
        var operation = Find(name);

        Assert.Matches(Sentence(), operation.Summary);
        Assert.NotNull(operation.Access);
        Assert.Equal(operation.Access.Kind == AccessKind.Permission, operation.Access.Permission is not null);
        Assert.True(operation.Access.Permission is null || PermissionCatalogue.IsBuiltIn(operation.Access.Permission));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_member_of_a_request_is_described(string name) => Assert.All(Find(name).Members, member =>
    {
        Assert.Matches(Sentence(), member.Description);
        Assert.Matches(MemberName(), member.Name);
        Assert.NotEmpty(MemberText.TypeName(member));
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void No_member_has_the_name_of_another(string name)
    {
        var names = Find(name).Members.SelectMany(member => new[] { member.Name, member.Alias }).OfType<string>().ToList();

        Assert.Equal(names.Distinct(StringComparer.OrdinalIgnoreCase), names);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_problems_of_an_operation_are_in_the_catalogue_and_told_once(string name)
    {
        var problems = Find(name).Problems;

        Assert.All(problems, problem => Assert.Same(problem, ProblemCatalogue.Find(problem.Code)));
        Assert.Equal(problems.Distinct(), problems);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_may_stand_in_an_address_is_no_secret_and_changes_nothing(string name)
    {
        var operation = Find(name);

        Assert.True(!operation.ReadOnly || !operation.Members.Any(member => member.IsSecret));
        Assert.True(!operation.ReadOnly || !operation.CarriesToken);
    }

    [Fact]
    public void Names_and_aliases_are_unique_and_lower_case_with_underscores()
    {
        var names = OperationCatalogue.All
            .SelectMany(operation => operation.Aliases.Append(operation.Name).Select(name => (operation.Group, Name: name)))
            .ToList();

        Assert.NotEmpty(names);
        Assert.Equal(names.Distinct(), names);
        Assert.All(names, one => Assert.Matches(SnakeCase(), one.Name));
        Assert.All(OperationCatalogue.Groups, group => Assert.Matches(SnakeCase(), group));
    }

    [Fact]
    public void An_operation_is_found_by_its_name_and_by_each_alias()
    {
        Assert.All(OperationCatalogue.All, operation => Assert.All(
            operation.Aliases.Append(operation.Name), name => Assert.Same(operation, OperationCatalogue.Find(operation.Group, name))));
        Assert.Null(OperationCatalogue.Find("auth", "no_such_thing"));
        Assert.Null(OperationCatalogue.Find("no_such_group", "login"));
    }

    [Theory]
    [InlineData("create_user", "user_create")]
    [InlineData("disable_user", "user_disable")]
    public void The_names_of_the_original_server_still_work(string alias, string name) =>
        Assert.Equal(name, OperationCatalogue.Find("auth", alias)!.Name);

    [Fact]
    public void Everything_public_is_known_by_name() => Assert.Equal(
        ["auth/admin_bootstrap", "auth/login", "auth/register", "auth/token_refresh", "auth/token_exchange"],
        OperationCatalogue.All.Where(operation => operation.Access.Kind == AccessKind.Public).Select(operation => operation.ToString()));

    private static Operation Find(string name) => OperationCatalogue.All.Single(operation => operation.ToString() == name);

    [GeneratedRegex(@"^[A-Z][^\r\n]*\.$")]
    private static partial Regex Sentence();

    [GeneratedRegex("^[a-z]+(_[a-z]+)*$")]
    private static partial Regex SnakeCase();

    [GeneratedRegex("^[a-z]+([A-Z_][a-z]+)*$")]
    private static partial Regex MemberName();
}
