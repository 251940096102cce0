using System.Data.Common;

namespace Medatarun.Server.Storage;

/// <summary>Reads the column types of the schema.</summary>
internal static class RowExtensions
{
    public static Guid Id(this DbDataReader row, int column) => Guid.Parse(row.GetString(column));

    public static string? Text(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset Time(this DbDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static DateTimeOffset? TimeOrNull(this DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.Time(column);
}
