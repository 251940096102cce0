namespace Medatarun.Client.Tests;

public sealed class AddressTests
{
    [Theory]
    [InlineData("http://localhost:8080")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://127.1.2.3:9")]
    [InlineData("http://[::1]:8080")]
    [InlineData("https://id.example.org")]
    [InlineData("https://10.0.0.1:8443")]
    public void Addresses_that_keep_secrets_from_the_network_are_taken(string url) =>
        Assert.Equal(new Uri(url).Authority, new MedatarunConnection(new Uri(url)).BaseUrl.Authority);

    [Theory]
    [InlineData("http://id.example.org")]
    [InlineData("http://10.0.0.1:8080")]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://localhost.example.org")]
    [InlineData("http://127.0.0.1.example.org")]
    [InlineData("http://localhost@id.example.org")]
    [InlineData("http://[::ffff:10.0.0.1]")]
    public void Plain_http_to_another_machine_is_insecure_unless_it_is_allowed(string url)
    {
        var refusal = Assert.Throws<MedatarunException>(() => new MedatarunConnection(new Uri(url)));

        Assert.Equal("insecure_url", refusal.Code);
        Assert.Equal(0, refusal.Status);
        Assert.Equal(ClientProblems.InsecureUrl.Action, refusal.RecommendedAction);
        Assert.NotNull(new MedatarunConnection(new Uri(url), new ConnectionOptions { AllowInsecure = true }).BaseUrl);
    }

    [Fact]
    public void The_other_name_that_uri_takes_for_this_machine_never_reaches_a_resolver() =>
        Assert.Equal("localhost", new MedatarunConnection(new Uri("http://loopback:8080")).BaseUrl.Host);

    [Theory]
    [InlineData("id.example.org")]
    [InlineData("/etc/hosts")]
    [InlineData("ftp://localhost/")]
    [InlineData("file:///etc/hosts")]
    [InlineData("mailto:admin@example.org")]
    [InlineData("ws://localhost:8080")]
    public void What_is_no_http_address_is_invalid(string url)
    {
        var refusal = Assert.Throws<MedatarunException>(() => new MedatarunConnection(new Uri(url, UriKind.RelativeOrAbsolute)));

        Assert.Equal("invalid_url", refusal.Code);
        Assert.Contains(url, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://id.example.org", "https://id.example.org/")]
    [InlineData("https://id.example.org/medatarun", "https://id.example.org/medatarun/")]
    [InlineData("https://id.example.org/medatarun/", "https://id.example.org/medatarun/")]
    [InlineData("https://someone:secret@id.example.org/?token=secret#secret", "https://id.example.org/")]
    public void A_base_address_keeps_its_path_and_nothing_that_could_be_a_secret(string given, string kept) =>
        Assert.Equal(kept, new MedatarunConnection(new Uri(given)).BaseUrl.AbsoluteUri);
}
