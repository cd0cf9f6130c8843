import FoundationEssentials
package import JSON

/// Something that a model may call while it answers.
package struct ModelTool: Sendable, Hashable {
    /// Letters, digits, `_` and `-`, at most 64.
    package var name: String
    /// When to call it and what it gives back, for the model to read.
    package var description: String
    /// The JSON schema of its arguments: an object.
    package var parameters: JSONValue

    package init(name: String, description: String, parameters: JSONValue) {
        self.name = name
        self.description = description
        self.parameters = parameters
    }
}

/// A model's wish that a tool be called.
package struct ToolCall: Sendable, Hashable, Codable {
    /// Names the call within the conversation.
    package var id: String
    /// The tool's.
    package var name: String
    /// JSON as the model wrote it: small models get it wrong now and then, and are best told so in the result.
    package var arguments: String

    package init(id: String, name: String, arguments: String) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }

    /// The arguments as a value. Throws `DecodingError` where they are not what the tool takes.
    package func arguments<Value: Decodable>(as type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(arguments.utf8))
    }
}
