using Medatarun.Client.State;
using Medatarun.Contracts.State;

namespace Medatarun.Client.Tests.State;

public sealed class SecretReferencesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("medatarun-secrets-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("secret", "secret")]
    [InlineData("secret\n", "secret")]
    [InlineData("secret\r\n", "secret")]
    [InlineData("\uFEFFsecret\n", "secret")]
    [InlineData(" two lines\n\n", " two lines\n")]
    public void A_file_is_read_without_the_line_break_at_its_end(string content, string expected)
    {
        File.WriteAllText(Path.Combine(folder, "secret.txt"), content);

        var passwords = SecretReferences.Resolve(Of(new StateSecret { File = "secret.txt" }), folder);

        Assert.Equal(expected, passwords["user0"].Reveal());
    }

    [Fact]
    public void A_variable_is_read_from_the_environment() => Assert.Equal(
        "value of NAME",
        SecretReferences.Resolve(Of(new StateSecret { Env = "NAME" }), folder, environment: name => $"value of {name}")["user0"].Reveal());

    [Fact]
    public void Every_reference_that_leads_nowhere_is_named()
    {
        File.WriteAllText(Path.Combine(folder, "empty"), "\n");
        File.WriteAllBytes(Path.Combine(folder, "binary"), [0xff, 0xfe, 0x00]);
        File.WriteAllBytes(Path.Combine(folder, "large"), new byte[100_000]);
        var document = Of(
            new StateSecret { Env = "NOT_SET" }, new StateSecret { File = "missing" }, new StateSecret { File = "empty" },
            new StateSecret { File = "binary" }, new StateSecret { File = "large" }, new StateSecret(), null);

        var refusal = Assert.Throws<MedatarunException>(() => SecretReferences.Resolve(document, folder, environment: _ => null));

        Assert.Equal(("secret_not_found", 0), (refusal.Code, refusal.Status));
        Assert.Equal(Enumerable.Range(0, 6).Select(number => $"users[{number}].password"), refusal.Errors.Keys);
        Assert.Contains("NOT_SET", Assert.Single(refusal.Errors["users[0].password"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_those_that_are_needed_are_read() => Assert.Equal(
        ["user1"],
        SecretReferences.Resolve(
            Of(new StateSecret { Env = "NOT_SET" }, new StateSecret { Env = "SET" }), folder, ["user1"], name => name == "SET" ? "x" : null).Keys);

    [Fact]
    public void References_lead_to_the_same_files_from_another_folder()
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(folder, "a", "b")).FullName;
        File.WriteAllText(Path.Combine(folder, "secret.txt"), "secret");
        var document = Of(new StateSecret { File = "secret.txt" }, new StateSecret { Env = "NAME" }, null);

        var rebased = SecretReferences.Rebase(document, folder, elsewhere);

        Assert.Equal("secret", SecretReferences.Resolve(rebased, elsewhere, environment: _ => "x")["user0"].Reveal());
        Assert.Equal(document.Users!.Skip(1), rebased.Users!.Skip(1));
        Assert.Same(document, SecretReferences.Rebase(document, folder, folder));
    }

    private static StateDocument Of(params StateSecret?[] passwords) => new()
    {
        Version = 1,
        Users = [.. passwords.Select((password, number) => new StateUser { Username = $"user{number}", Fullname = "A User", Password = password })],
    };
}
