using System.Net;
using Medatarun.Server.Operations;

namespace Medatarun.Server.State;

/// <summary>Where a call comes from that the server makes itself when it starts.</summary>
internal sealed class StartOrigin : RequestOrigin
{
    public override string RequestId => "start";

    public override IPAddress? Address => null;

    public override string? Agent => null;
}
