using System.Text.RegularExpressions;
using Medatarun.Contracts.Problems;

namespace Medatarun.Client.Tests.Contracts;

public sealed partial class ProblemCatalogueTests
{
    private static readonly IReadOnlyList<ProblemDefinition> All = [.. ProblemCatalogue.All, .. ClientProblems.All];

    public static TheoryData<string> Codes() => [.. All.Select(problem => problem.Code)];

    [Fact]
    public void Codes_are_unique_also_across_server_and_client() =>
        Assert.Equal(All.Select(problem => problem.Code).Distinct(), All.Select(problem => problem.Code));

    [Fact]
    public void Every_declared_problem_is_in_the_list()
    {
        var classes = typeof(ProblemCatalogue).Assembly.GetExportedTypes().Where(type => type == typeof(ProblemCatalogue)
            || (type.Namespace == typeof(ProblemCatalogue).Namespace && type.Name.EndsWith("Problems", StringComparison.Ordinal)));
        Assert.Equal(classes.SelectMany(Declared).ToHashSet(), ProblemCatalogue.All.ToHashSet());
        Assert.Equal(Declared(typeof(ClientProblems)), ClientProblems.All.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_problem_says_what_is_wrong_and_what_to_do(string code)
    {
        var problem = All.Single(one => one.Code == code);

        Assert.Matches(SnakeCase(), problem.Code);
        Assert.NotEmpty(problem.Title);
        // Existing clients know the words of this one, which end without a full stop.
        Assert.EndsWith(".", problem == ProblemCatalogue.InvalidType ? problem.Detail + "." : problem.Detail, StringComparison.Ordinal);
        Assert.NotEmpty(problem.Action);
        Assert.Equal($"urn:medatarun:problem:{code}", problem.Type);
    }

    [Fact]
    public void Only_the_statuses_of_the_contract_are_used()
    {
        Assert.All(ProblemCatalogue.All, problem =>
            Assert.Contains(problem.Status, new[] { 400, 401, 403, 404, 405, 409, 410, 413, 415, 429, 500, 503 }));
        Assert.All(ClientProblems.All, problem => Assert.Equal(0, problem.Status));
    }

    [Fact]
    public void A_problem_is_found_by_its_code_alone()
    {
        Assert.All(ProblemCatalogue.All, problem => Assert.Same(problem, ProblemCatalogue.Find(problem.Code)));
        Assert.Null(ProblemCatalogue.Find("no_such_problem"));
        Assert.Null(ProblemCatalogue.Find(null));
    }

    private static HashSet<ProblemDefinition> Declared(Type catalogue) =>
        [.. catalogue.GetProperties().Select(property => property.GetValue(null)).OfType<ProblemDefinition>()];

    [GeneratedRegex("^[a-z]+(_[a-z]+)*$")]
    private static partial Regex SnakeCase();
}
