using Medatarun.Server.Guessing;
using Medatarun.Server.Operations;
using Medatarun.Server.Passwords;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Import;

/// <summary>What every import works with.</summary>
internal sealed record ImportTools(
    StoreHolder Store, OperationPipeline Pipeline, RowPreparation Preparation, PasswordHasher Hasher, GuessGuard Guard, MedatarunServerOptions Options);
