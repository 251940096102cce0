using Medatarun.Client.JobTokens;
using Medatarun.Client.Tests.Servers;

namespace Medatarun.Client.Tests;

/// <summary>Where the token of a pipeline's job is looked for, and how the platforms are asked.</summary>
public sealed class JobTokenTests
{
    private const string ProjectedFile = "/var/run/secrets/tokens/medatarun";
    private const string ServiceAccountFile = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GitHub_Actions_is_asked_once_with_the_jobs_token_for_the_audience()
    {
        await using var server = new ScriptedServer(ScriptedServer.Ok("""{"count":5,"value":"the.job.token"}"""));
        var reports = new List<RequestReport>();

        var found = await Finder(GitHub(server)).FindAsync(new() { Audience = "https://id.example.org/a b" }, reports.Add, Stop);

        Assert.Equal("the.job.token", found.Token.Reveal());
        Assert.Equal(JobTokenSource.GitHubActions, found.Source);
        var request = Assert.Single(server.Requests);
        Assert.StartsWith(
            "GET /idtoken?api-version=2.0&audience=https%3A%2F%2Fid.example.org%2Fa%20b HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer request-token\r\n", request, StringComparison.Ordinal);
        Assert.DoesNotContain("FedAuth", request, StringComparison.Ordinal);
        var report = Assert.Single(reports).ToString();
        Assert.StartsWith($"GET {server.Url.GetLeftPart(UriPartial.Authority)} 200 ", report, StringComparison.Ordinal);
        Assert.DoesNotContain("the.job.token", report + found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GitHub_Actions_decides_the_audience_when_none_is_wanted()
    {
        await using var server = new ScriptedServer(ScriptedServer.Ok("""{"value":"t"}"""));

        await Finder(GitHub(server)).FindAsync(new(), cancellationToken: Stop);

        Assert.StartsWith("GET /idtoken?api-version=2.0 HTTP/1.1\r\n", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "POST /oidctoken?api-version=7.1 HTTP/1.1\r\n")]
    [InlineData("6e7c-1", "POST /oidctoken?api-version=7.1&serviceConnectionId=6e7c-1 HTTP/1.1\r\n")]
    public async Task Azure_DevOps_is_asked_once_with_the_jobs_access_token(string? serviceConnection, string line)
    {
        await using var server = new ScriptedServer(ScriptedServer.Ok("""{"oidcToken":"the.job.token"}"""));
        var job = new Dictionary<string, string>
        {
            ["SYSTEM_OIDCREQUESTURI"] = $"{server.Url}oidctoken", ["SYSTEM_ACCESSTOKEN"] = "access-token",
        };

        var found = await Finder(job).FindAsync(
            new() { Audience = "not asked for", ServiceConnectionId = serviceConnection }, cancellationToken: Stop);

        Assert.Equal("the.job.token", found.Token.Reveal());
        Assert.Equal(JobTokenSource.AzureDevOps, found.Source);
        var request = Assert.Single(server.Requests);
        Assert.StartsWith(line, request, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer access-token\r\n", request, StringComparison.Ordinal);
        Assert.Contains("X-TFS-FedAuthRedirect: Suppress\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Content-Length: 0\r\n", request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, JobTokenSource.TokenVariable)]
    [InlineData("true", JobTokenSource.GitLabCI)]
    public async Task A_variable_holds_the_token_of_GitLab_CI_or_of_anybody(string? gitLab, JobTokenSource source)
    {
        var job = new Dictionary<string, string> { ["MEDATARUN_ID_TOKEN"] = " the.job.token\n", ["OTHER"] = "other.job.token" };
        if (gitLab is not null)
        {
            job["GITLAB_CI"] = gitLab;
        }

        var found = await Finder(job).FindAsync(new(), cancellationToken: Stop);
        var other = await Finder(job).FindAsync(new() { Variable = "OTHER" }, cancellationToken: Stop);

        Assert.Equal(("the.job.token", source, "the variable MEDATARUN_ID_TOKEN"), (found.Token.Reveal(), found.Source, found.Place));
        Assert.Equal(("other.job.token", source, "the variable OTHER"), (other.Token.Reveal(), other.Source, other.Place));
    }

    [Theory]
    [InlineData("/else/where", "named", JobTokenSource.TokenFile)]
    [InlineData(null, "projected", JobTokenSource.Kubernetes)]
    public async Task A_file_that_is_named_comes_before_that_of_the_pod(string? named, string token, JobTokenSource source)
    {
        var job = named is null ? new Dictionary<string, string>() : new() { ["MEDATARUN_TOKEN_FILE"] = named };
        var files = new Dictionary<string, string>
        {
            ["/else/where"] = "named\n", [ProjectedFile] = "projected\n", [ServiceAccountFile] = "cluster",
        };

        var found = await Finder(job, files).FindAsync(new(), cancellationToken: Stop);

        Assert.Equal((token, source), (found.Token.Reveal(), found.Source));
    }

    [Fact]
    public async Task The_token_that_a_pod_has_for_its_cluster_is_never_taken()
    {
        var pod = new Dictionary<string, string> { ["KUBERNETES_SERVICE_HOST"] = "10.0.0.1" };
        var files = new Dictionary<string, string> { [ServiceAccountFile] = "cluster" };

        var refusal = await Assert.ThrowsAsync<MedatarunException>(() => Finder(pod, files).FindAsync(new(), cancellationToken: Stop));

        Assert.Equal("no_federated_token", refusal.Code);
    }

    [Fact]
    public async Task What_somebody_put_there_on_purpose_comes_before_what_a_platform_offers()
    {
        await using var server = new ScriptedServer(ScriptedServer.Ok("""{"value":"asked"}"""));
        var job = GitHub(server);
        job["MEDATARUN_ID_TOKEN"] = "put";

        var found = await Finder(job).FindAsync(new(), cancellationToken: Stop);

        Assert.Equal("put", found.Token.Reveal());
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("GITHUB_ACTIONS", "true", "id-token: write")]
    [InlineData("GITLAB_CI", "true", "id_tokens")]
    [InlineData("SYSTEM_OIDCREQUESTURI", "https://dev.azure.com/x", "SYSTEM_ACCESSTOKEN: $(System.AccessToken)")]
    [InlineData("KUBERNETES_SERVICE_HOST", "10.0.0.1", "project a service account token")]
    public async Task None_is_a_refusal_that_says_what_was_looked_at_and_what_is_missing(string variable, string value, string hint)
    {
        var refusal = await RefusalAsync(new() { [variable] = value });

        Assert.Equal("no_federated_token", refusal.Code);
        foreach (var place in (string[])
            ["MEDATARUN_ID_TOKEN", "MEDATARUN_TOKEN_FILE", "ACTIONS_ID_TOKEN_REQUEST_URL", "SYSTEM_OIDCREQUESTURI", ProjectedFile])
        {
            Assert.Contains(place, refusal.Message, StringComparison.Ordinal);
        }

        Assert.Contains(hint, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("This is", (await RefusalAsync([])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_that_is_asked_for_and_empty_is_not_replaced_by_another_place()
    {
        var job = new Dictionary<string, string> { ["MEDATARUN_ID_TOKEN"] = "other", ["MINE"] = " " };

        var refusal = await RefusalAsync(job, new() { Variable = "MINE" });

        Assert.Equal("no_federated_token", refusal.Code);
        Assert.Contains("MINE", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("MEDATARUN_ID_TOKEN", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_named_and_not_there_is_not_replaced_by_another_place()
    {
        var refusal = await RefusalAsync(
            new() { ["MEDATARUN_TOKEN_FILE"] = "/no/where" }, files: new() { [ProjectedFile] = "other" });

        Assert.Equal("federated_token_unavailable", refusal.Code);
        Assert.Contains("/no/where", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_read_as_they_are_and_no_further_than_a_token_is_long()
    {
        var folder = Directory.CreateTempSubdirectory("medatarun-token-");
        try
        {
            var environment = new JobEnvironment();
            var file = Path.Combine(folder.FullName, "token");
            Assert.Null(environment.File(file));
            Assert.Null(environment.File(Path.Combine(file, "below")));
            await File.WriteAllTextAsync(file, " the.job.token\n", Stop);
            Assert.Equal("the.job.token", environment.File(file));
            await File.WriteAllBytesAsync(file, new byte[100_000], Stop);
            Assert.Throws<IOException>(() => environment.File(file));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("http://10.0.0.1/idtoken", "insecure_url")]
    [InlineData("http://pipelines.example.org/idtoken?a=b", "insecure_url")]
    [InlineData("ftp://localhost/idtoken", "invalid_url")]
    [InlineData("/idtoken", "invalid_url")]
    public async Task An_address_that_is_not_https_is_not_asked(string address, string code)
    {
        foreach (var (url, token) in ((string, string)[])[
            ("ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"), ("SYSTEM_OIDCREQUESTURI", "SYSTEM_ACCESSTOKEN")])
        {
            var refusal = await RefusalAsync(new() { [url] = address, [token] = "request-token" });

            Assert.Equal(code, refusal.Code);
            Assert.Contains(url, refusal.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("200 OK", """{"value":""}""")]
    [InlineData("200 OK", """{"value":1}""")]
    [InlineData("200 OK", """{"other":"t"}""")]
    [InlineData("200 OK", "[]")]
    [InlineData("200 OK", "<html>")]
    [InlineData("302 Found", """{"value":"t"}""")]
    [InlineData("403 Forbidden", """{"value":"t"}""")]
    [InlineData("500 Oops", "")]
    public async Task A_platform_that_gives_no_token_is_a_refusal_without_the_tokens(string status, string body)
    {
        await using var server = new ScriptedServer(
            ScriptedServer.Answer(status, "application/json", body, "Location: http://127.0.0.1:1/elsewhere\r\n"));

        var refusal = await RefusalAsync(GitHub(server));

        Assert.Equal("federated_token_unavailable", refusal.Code);
        Assert.Contains(status[..3], refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("request-token", refusal.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_platform_that_says_too_much_is_not_listened_to()
    {
        await using var server = new ScriptedServer(ScriptedServer.Ok($$"""{"value":"{{new string('a', 100_000)}}"}"""));

        Assert.Equal("federated_token_unavailable", (await RefusalAsync(GitHub(server))).Code);
    }

    [Fact]
    public async Task A_platform_that_keeps_silent_is_waited_for_no_longer_than_was_said()
    {
        await using var server = new ScriptedServer((_, _, stop) => Task.Delay(Timeout.Infinite, stop));
        var finder = new JobTokenFinder(Environment(GitHub(server)), patience: TimeSpan.FromMilliseconds(100));

        var refusal = await Assert.ThrowsAsync<MedatarunException>(() => finder.FindAsync(new(), cancellationToken: Stop));

        Assert.Equal("federated_token_unavailable", refusal.Code);
        Assert.Contains("0.1 seconds", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Giving_up_is_no_refusal()
    {
        await using var server = new ScriptedServer((_, _, stop) => Task.Delay(Timeout.Infinite, stop));
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var search = Finder(GitHub(server)).FindAsync(new(), cancellationToken: giveUp.Token);
        while (server.Requests.Count == 0)
        {
            await Task.Yield();
        }

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => search);
    }

    [Fact]
    public async Task A_token_to_ask_with_that_could_end_a_header_line_is_not_sent()
    {
        await using var server = new ScriptedServer(ScriptedServer.Ok("""{"value":"t"}"""));
        var job = GitHub(server);
        job["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "good\nX-Evil: 1";

        Assert.Equal("federated_token_unavailable", (await RefusalAsync(job)).Code);
        Assert.Empty(server.Requests);
    }

    private static Dictionary<string, string> GitHub(ScriptedServer server) => new()
    {
        ["ACTIONS_ID_TOKEN_REQUEST_URL"] = $"{server.Url}idtoken?api-version=2.0", ["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "request-token",
    };

    private static JobEnvironment Environment(Dictionary<string, string> variables, Dictionary<string, string>? files = null) =>
        new(variables.GetValueOrDefault, path => files?.GetValueOrDefault(path));

    private static JobTokenFinder Finder(Dictionary<string, string> variables, Dictionary<string, string>? files = null) =>
        new(Environment(variables, files));

    private static Task<MedatarunException> RefusalAsync(
        Dictionary<string, string> variables, JobTokenRequest? request = null, Dictionary<string, string>? files = null) =>
        Assert.ThrowsAsync<MedatarunException>(() => Finder(variables, files).FindAsync(request ?? new(), cancellationToken: Stop));
}
