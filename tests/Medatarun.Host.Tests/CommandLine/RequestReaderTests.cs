using System.Text;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.ServerProcess;
using Medatarun.Host.CommandLine;
using Xunit;

namespace Medatarun.Host.Tests.CommandLine;

public sealed class RequestReaderTests
{
    private static readonly SecretReader NoSecrets = new(() => null, null);

    [Theory]
    [InlineData("user_get --username=a", """{"username":"a"}""")]
    [InlineData("user_get --username a", """{"username":"a"}""")]
    [InlineData("user_get --username=", """{"username":""}""")]
    [InlineData("user_get --username=--a=b", """{"username":"--a=b"}""")]
    [InlineData("user_list --limit=5 --disabled=false", """{"limit":5,"disabled":false}""")]
    [InlineData("user_list --disabled", """{"disabled":true}""")]
    [InlineData("user_list --disabled --limit 5", """{"disabled":true,"limit":5}""")]
    [InlineData("user_list --disabled yes", """{"disabled":true}""")]
    [InlineData("user_update --username=a --groups=x,y --groups=z", """{"username":"a","groups":["x","y","z"]}""")]
    [InlineData("user_update --username=a --groups=", """{"username":"a","groups":[]}""")]
    [InlineData("change_my_password --old_password=a --newPassword=b", """{"oldPassword":"a","newPassword":"b"}""")]
    [InlineData("change_my_password --old-password=a --new-password=b", """{"oldPassword":"a","newPassword":"b"}""")]
    [InlineData("whoami", "{}")]
    public void Options_become_the_members_of_the_request(string command, string json) =>
        Assert.Equal(json, Read(command, NoSecrets));

    [Theory]
    [InlineData("user_get --usernam=a", "--username")]
    [InlineData("user_get --username", "--username needs a value")]
    [InlineData("user_get --username --id=b", "--username needs a value")]
    [InlineData("user_get --username=a --username=b", "--username is given twice")]
    [InlineData("user_list --limit=many", "--limit must be a whole number")]
    [InlineData("user_list --disabled=maybe", "--disabled must be true or false")]
    [InlineData("change_my_password --old_password=a --oldPassword=b", "given twice")]
    [InlineData("user_create --username=a", "needs --fullname")]
    [InlineData("user_create --username=a --fullname=b", "needs --password")]
    [InlineData("login --password=-", "standard input")]
    public void What_cannot_be_meant_is_refused_by_name(string command, string part)
    {
        var failure = Assert.Throws<StartFailureException>(() => Read(command, NoSecrets));
        Assert.Equal(ServerExitCode.Usage, failure.ExitCode);
        Assert.Contains(part, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stray_value_is_refused_without_showing_it_because_it_may_be_a_secret()
    {
        var failure = Assert.Throws<StartFailureException>(() => Read("login --username=a hunter2hunter2", NoSecrets));
        Assert.DoesNotContain("hunter2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_dash_reads_one_line_of_standard_input()
    {
        var lines = new Queue<string>(["first", "second"]);
        Assert.Equal(
            """{"oldPassword":"first","newPassword":"second"}""",
            Read("change_my_password --old_password=- --new_password=-", new(lines.Dequeue, null)));
    }

    [Fact]
    public void A_missing_secret_is_asked_for_where_somebody_can_answer()
    {
        var questions = new List<string>();
        var json = Read("login --username=a", new(() => null, question =>
        {
            questions.Add(question);
            return "answer";
        }));

        Assert.Equal("""{"username":"a","password":"answer"}""", json);
        Assert.Equal("password: ", Assert.Single(questions));
    }

    [Fact]
    public void A_dash_is_a_plain_value_for_what_is_no_secret() =>
        Assert.Equal("""{"username":"-"}""", Read("user_get --username=-", NoSecrets));

    private static string Read(string command, SecretReader secrets)
    {
        var words = command.Split(' ');
        var operation = OperationCatalogue.Find(AuthOperations.Login.Group, words[0])!;
        return Encoding.UTF8.GetString(RequestReader.Read(operation, words[1..], secrets));
    }
}
