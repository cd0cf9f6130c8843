package import Ambient
package import FoundationEssentials
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
    /// The plain words that ask for it; nil where only a model calls it.
    package let wishes: ToolWishes?
    private let call: @Sendable (JSONValue, UserID) async throws -> JSONValue
    private let making: Making?

    /// How something is made that the person has agreed to.
    private struct Making: Sendable {
        let asks: @Sendable (JSONValue) throws -> String
        let make: @Sendable (JSONValue, UUID, UserID) async throws -> ToolDeed
        let undo: @Sendable (UUID, UserID) async throws -> Void
    }

    /// - Parameters:
    ///   - input: the arguments; their schema is read from the type, as that of a request's body is.
    ///   - wishes: the plain words that ask for it. Its output then has a field `text`, which is the reply.
    ///   - run: does it for the person. What it throws is told to the model as the reason why it could not be done.
    package init<Input: APIType, Output: Encodable & Sendable>(
        _ name: String, _ summary: String, takes input: Input.Type, changes: Bool = false, wishes: ToolWishes? = nil,
        run: @escaping @Sendable (Input, UserID) async throws -> Output
    ) {
        self.name = name
        self.summary = summary
        self.changes = changes
        self.wishes = wishes
        parameters = JSONSchema.of(input)
        making = nil
        call = { arguments, user in
            let input = try JSONSchema.decode(Input.self, from: arguments)
            return try JSONSchema.value(of: try await run(input, user))
        }
    }

    /// A tool that makes one thing, which can be taken back.
    ///
    /// - Parameters:
    ///   - asks: says what would be made, for the person to agree to. Nothing is looked up or changed.
    ///   - make: makes it under an id, which may be that of the thing itself. Under the same id it is made once, however often it is
    ///     called.
    ///   - undo: takes back what was made under an id; nothing where that is gone already.
    package init<Input: APIType>(
        _ name: String, _ summary: String, takes input: Input.Type, wishes: ToolWishes? = nil,
        asks: @escaping @Sendable (Input) -> String, make: @escaping @Sendable (Input, UUID, UserID) async throws -> ToolDeed,
        undo: @escaping @Sendable (UUID, UserID) async throws -> Void
    ) {
        self.name = name
        self.summary = summary
        self.wishes = wishes
        changes = true
        parameters = JSONSchema.of(input)
        making = Making(
            asks: { asks(try JSONSchema.decode(Input.self, from: $0)) },
            make: { try await make(try JSONSchema.decode(Input.self, from: $0), $1, $2) }, undo: undo)
        call = { arguments, user in
            let input = try JSONSchema.decode(Input.self, from: arguments)
            return try JSONSchema.value(of: try await make(input, UUID(), user))
        }
    }

    /// Calls it for a person. Throws `HTTPFailure` with the fields that are wrong if the arguments do not fit, else what it throws.
    package func callAsFunction(_ arguments: JSONValue, for user: UserID) async throws -> JSONValue {
        try await call(arguments, user)
    }

    /// Whether it makes one thing, which can be taken back.
    package var makes: Bool { making != nil }

    /// What the person is asked before it is made; nil where nothing is. Throws where the arguments do not fit.
    package func question(_ arguments: JSONValue) throws -> String? { try making?.asks(arguments) }

    /// - Returns: nil where it makes nothing.
    package func make(_ arguments: JSONValue, as id: UUID, for user: UserID) async throws -> ToolDeed? {
        try await making?.make(arguments, id, user)
    }

    package func undo(_ id: UUID, for user: UserID) async throws { try await making?.undo(id, user) }

    /// Whether its arguments have a field of this name.
    package func takes(_ field: String) -> Bool { parameters["properties"]?[field] != nil }

    /// The schema without some of the fields: those that are not the caller's to say.
    package func parameters(without fields: Set<String>) -> JSONValue {
        guard case .object(let parts) = parameters else { return parameters }
        return .object(
            parts.map { part in
                switch (part.name, part.value) {
                case ("properties", .object(let properties)):
                    .init(name: part.name, value: .object(properties.filter { !fields.contains($0.name) }))
                case ("required", .array(let names)):
                    .init(
                        name: part.name,
                        value: .array(names.filter { if case .string(let name) = $0 { !fields.contains(name) } else { true } }))
                default: part
                }
            })
    }
}

/// What a tool has made: where it is to be found.
package struct ToolDeed: Codable, Sendable, Hashable {
    /// `quiz`, `note`, `deck`: which page shows it.
    package var kind: String
    package var id: String
    package var title: String

    package init(_ kind: String, id: String, title: String) {
        self.kind = kind
        self.id = id
        self.title = title
    }
}
