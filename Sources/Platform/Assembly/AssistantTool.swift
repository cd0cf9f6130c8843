package import Ambient
package import HTTPServing
package import JSON

/// Something that the tutor and the companion may do for the person they talk to: typed, declared by the feature that does it.
package struct AssistantTool: Sendable {
    /// `courses_list`: letters, digits and underscores, as models want it.
    package let name: String
    /// What it does and when to call it, for the model.
    package let summary: String
    /// The JSON Schema of the arguments.
    package let parameters: JSONValue
    /// Whether it changes anything: then the person is asked first.
    package let changes: Bool
    private let call: @Sendable (JSONValue, UserID) async throws -> JSONValue

    /// - Parameters:
    ///   - input: the arguments; their schema is read from the type, as that of a request's body is.
    ///   - run: does it for the person. What it throws is told to the model as the reason why it could not be done.
    package init<Input: APIType, Output: Encodable & Sendable>(
        _ name: String, _ summary: String, takes input: Input.Type, changes: Bool = false,
        run: @escaping @Sendable (Input, UserID) async throws -> Output
    ) {
        self.name = name
        self.summary = summary
        self.changes = changes
        parameters = JSONSchema.of(input)
        call = { arguments, user in
            let input = try JSONSchema.decode(Input.self, from: arguments)
            return try JSONSchema.value(of: try await run(input, user))
        }
    }

    /// Calls it for a person. Throws `HTTPFailure` with the fields that are wrong if the arguments do not fit, else what it throws.
    package func callAsFunction(_ arguments: JSONValue, for user: UserID) async throws -> JSONValue {
        try await call(arguments, user)
    }
}
