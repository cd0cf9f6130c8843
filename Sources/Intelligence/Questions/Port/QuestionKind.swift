/// How a question is answered.
package enum QuestionKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// One of several options.
    case multipleChoice = "multiple_choice"
    /// Every option that is right.
    case multipleResponse = "multiple_response"
    case trueFalse = "true_false"
    /// Typed: a word, a term or a sentence.
    case shortAnswer = "short_answer"
    /// Words put into the gaps of a text.
    case cloze
    /// Each prompt with what belongs to it.
    case matching
    /// Items put in their order.
    case ordering
    /// A typed number, with a unit where it has one.
    case numeric
}

/// What a question asks of the mind, in Bloom's order. Drafts from a text reach the first two; a model, or an author, the others.
package enum BloomLevel: String, Sendable, Hashable, Codable, CaseIterable {
    case remember, understand, apply, analyse, evaluate, create
}

/// Whether a question is offered by itself, or only to who asks for more than that gives.
package enum QuestionTier: String, Sendable, Hashable, Codable, CaseIterable {
    /// Kinds that were found good most often on texts that no rule had seen.
    case standard
    /// Kinds of which about half were.
    case more
}

/// The way a question was made, which says how far to trust it.
package enum QuestionMaking: String, Sendable, Hashable, Codable, CaseIterable {
    // Of the standard tier.
    case whatIs = "what_is"
    case whatIsChoice = "what_is_choice"
    case called
    case matching
    case listItem = "list_item"
    // Of the tier `more`.
    case why
    case statedTrue = "stated_true"
    case exchangedDefinition = "exchanged_definition"
    // Only for who asks for their kind alone.
    case number
    case ordering
    /// Written by a language model, and through the gates.
    case model
    /// Written by a person.
    case author

    package var tier: QuestionTier {
        switch self {
        case .whatIs, .whatIsChoice, .called, .matching, .listItem, .model, .author: .standard
        default: .more
        }
    }

    /// Right too seldom to be offered beside others: only who asks for this kind alone gets it.
    package var mustBeNamed: Bool { self == .number || self == .ordering }
}
