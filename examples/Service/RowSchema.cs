using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using MLNet.Vae;

namespace Service;

/// <summary>Says in the OpenAPI document what rows are: the columns of the model that is served.</summary>
internal sealed class RowSchema(VaeScoringService scoring) : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        IOpenApiSchema? body = context.Description.RelativePath switch
        {
            "score" => Row(),
            "score/batch" => new OpenApiSchema { Type = JsonSchemaType.Array, Items = Row() },
            _ => null,
        };
        if (body is not null)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = body } },
            };
        }
        return Task.CompletedTask;
    }

    private OpenApiSchema Row() => new()
    {
        Type = JsonSchemaType.Object,
        Properties = scoring.Columns.ToDictionary(column => column.Name, IOpenApiSchema (column) => Value(column)),
        Required = scoring.Columns.Select(column => column.Name).ToHashSet(),
    };

    private static OpenApiSchema Value(VaeServedColumn column)
    {
        var schema = new OpenApiSchema
        {
            Type = column.Type switch
            {
                VaeServedType.Text or VaeServedType.Time => JsonSchemaType.String,
                VaeServedType.Boolean => JsonSchemaType.Boolean,
                VaeServedType.Vector => JsonSchemaType.Array,
                _ => JsonSchemaType.Number,
            },
            Format = column.Type == VaeServedType.Time ? "date-time" : null,
        };
        if (column.Type == VaeServedType.Vector)
        {
            schema.Items = new OpenApiSchema { Type = JsonSchemaType.Number | (column.IsNullable ? JsonSchemaType.Null : 0) };
            (schema.MinItems, schema.MaxItems) = (column.Size, column.Size);
        }
        if (column.IsNullable)
            schema.Type |= JsonSchemaType.Null;
        return schema;
    }
}
