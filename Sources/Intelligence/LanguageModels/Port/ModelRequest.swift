package import JSON

/// What a model is asked for.
package struct ModelRequest: Sendable, Hashable {
    /// Who the model is and what it has to keep to; nil for none.
    package var instruction: String?
    /// The conversation, oldest first; the last is what is to be answered.
    package var messages: [ModelMessage]
    /// The answer is JSON of this form, and nothing else.
    package var form: AnswerForm?
    /// What the model may call.
    package var tools: [ModelTool]
    package var limits: ModelLimits

    package init(
        instruction: String? = nil, messages: [ModelMessage], form: AnswerForm? = nil, tools: [ModelTool] = [],
        limits: ModelLimits = .init()
    ) {
        self.instruction = instruction
        self.messages = messages
        self.form = form
        self.tools = tools
        self.limits = limits
    }
}

/// The JSON schema that an answer keeps to.
package struct AnswerForm: Sendable, Hashable {
    /// Letters, digits, `_` and `-`: some servers show it to the model.
    package var name: String
    package var schema: JSONValue
    /// The server forces the form sign by sign. Servers that do want every field required and `additionalProperties` false.
    package var isStrict: Bool

    package init(name: String, schema: JSONValue, isStrict: Bool = true) {
        self.name = name
        self.schema = schema
        self.isStrict = isStrict
    }
}

/// How long and how freely a model may write.
package struct ModelLimits: Sendable, Hashable {
    /// The longest answer in tokens; nil for what the window leaves.
    package var answerTokens: Int?
    /// From 0, always the likeliest word, up; nil for the server's own.
    package var temperature: Double?

    package init(answerTokens: Int? = nil, temperature: Double? = nil) {
        self.answerTokens = answerTokens
        self.temperature = temperature
    }
}
