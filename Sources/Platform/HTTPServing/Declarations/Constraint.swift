import Failures

/// A rule about one field of an `APIType`: checked on input, written into the API's document.
package struct Constraint<Root>: Sendable {
    /// The field's name on the wire.
    package let field: String
    /// What the document says about it.
    let note: SchemaNote
    /// Adds what is wrong, by the path of the field below the value.
    let check: @Sendable (Root, inout Violations) -> Void

    init(_ field: String, _ note: SchemaNote, check: @escaping @Sendable (Root, inout Violations) -> Void = { _, _ in }) {
        self.field = field
        self.note = note
        self.check = check
    }
}

/// The fields that broke a rule, each with the reason in plain words. The first reason for a field stays.
package struct Violations: Sendable {
    package private(set) var reasons: [String: String] = [:]

    package var isEmpty: Bool { reasons.isEmpty }

    /// Beyond a hundred nothing is added: the answer must not grow with what was sent.
    package mutating func add(_ field: String, _ reason: String) {
        if reasons.count < 100, reasons[field] == nil { reasons[field] = reason }
    }

    mutating func add(_ inner: Violations, below path: String) {
        for (field, reason) in inner.reasons {
            add(path.isEmpty ? field : field.isEmpty ? path : field.hasPrefix("[") ? path + field : "\(path).\(field)", reason)
        }
    }

    /// Throws `validationFailed` if anything was added.
    package func raise() throws(HTTPFailure) {
        guard !isEmpty else { return }
        let listed = reasons.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let shown = listed.prefix(3).joined(separator: "; ") + (listed.count > 3 ? "; and \(listed.count - 3) more" : "")
        throw HTTPFailure(.validationFailed, "The request is not valid: \(shown).", details: reasons)
    }
}

/// What a constraint adds to the schema of its field.
enum SchemaNote: Sendable {
    case length(ClosedRange<Int>)
    case notBlank
    case range(minimum: Double, maximum: Double)
    case count(ClosedRange<Int>)
    case format(TextFormat)
    case choices([String])
    case description(String)
    case example(String)
    /// There is more to it than a schema can say: what it must be beside other fields, or which exist.
    case checked
    /// Never in an answer: a password.
    case writeOnly
    /// The notes of a type whose fields stand beside the others.
    indirect case inlined([(field: String, note: SchemaNote)])
    case none
}

extension APIType {
    /// What the type's rules add to its schema, by field.
    static var notes: [(field: String, note: SchemaNote)] {
        constraints.flatMap { rule -> [(field: String, note: SchemaNote)] in
            if case .inlined(let inner) = rule.note { return inner }
            return [(rule.field, rule.note)]
        }
    }

    /// Checks a decoded value against its type's rules. Pass `constraints` that were read once.
    func violations(of rules: [Constraint<Self>] = Self.constraints) -> Violations {
        var found = Violations()
        for rule in rules { rule.check(self, &found) }
        return found
    }
}
