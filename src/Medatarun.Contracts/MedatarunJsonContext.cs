using System.Text.Json.Serialization;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;

namespace Medatarun.Contracts;

/// <summary>JSON metadata made at compile time, so that trimmed programs and cold starts need no reflection.</summary>
[JsonSerializable(typeof(EmptyRequest))]
[JsonSerializable(typeof(StatusResponse))]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(AdminBootstrapRequest))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(SignInResponse))]
[JsonSerializable(typeof(WhoAmIResponse))]
[JsonSerializable(typeof(ChangeMyPasswordRequest))]
[JsonSerializable(typeof(UserCreateRequest))]
[JsonSerializable(typeof(UserListRequest))]
[JsonSerializable(typeof(UserPage))]
[JsonSerializable(typeof(UserReference))]
[JsonSerializable(typeof(UserInfo))]
[JsonSerializable(typeof(UserChangePasswordRequest))]
[JsonSerializable(typeof(UserChangeFullNameRequest))]
[JsonSerializable(typeof(UserUpdateRequest))]
[JsonSerializable(typeof(ActorReference))]
[JsonSerializable(typeof(ActorInfo))]
[JsonSerializable(typeof(IReadOnlyList<ActorInfo>))]
public sealed partial class MedatarunJsonContext : JsonSerializerContext;
