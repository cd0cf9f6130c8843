extension Constraint {
    /// How many characters (Unicode scalars, as JSON Schema counts) a text may have.
    package static func length(_ path: any KeyPath<Root, String> & Sendable, _ field: String, _ range: ClosedRange<Int>) -> Self {
        Constraint(field, .length(range)) { checkLength($0[keyPath: path], field, range, &$1) }
    }

    package static func length(_ path: any KeyPath<Root, String?> & Sendable, _ field: String, _ range: ClosedRange<Int>) -> Self {
        Constraint(field, .length(range)) { if let text = $0[keyPath: path] { checkLength(text, field, range, &$1) } }
    }

    /// At least one character that is not white space.
    package static func notBlank(_ path: any KeyPath<Root, String> & Sendable, _ field: String) -> Self {
        Constraint(field, .notBlank) { checkBlank($0[keyPath: path], field, &$1) }
    }

    /// The same of what may be left out.
    package static func notBlank(_ path: any KeyPath<Root, String?> & Sendable, _ field: String) -> Self {
        Constraint(field, .notBlank) { if let text = $0[keyPath: path] { checkBlank(text, field, &$1) } }
    }

    /// The bounds of a number, both included.
    package static func range<Number: BinaryInteger & Sendable>(
        _ path: any KeyPath<Root, Number> & Sendable, _ field: String, _ range: ClosedRange<Number>
    ) -> Self {
        let range = exact(range)
        return Constraint(field, .range(minimum: Double(range.lowerBound), maximum: Double(range.upperBound))) { root, found in
            if !range.contains(root[keyPath: path]) { found.add(field, "must be from \(range.lowerBound) to \(range.upperBound)") }
        }
    }

    package static func range<Number: BinaryInteger & Sendable>(
        _ path: any KeyPath<Root, Number?> & Sendable, _ field: String, _ range: ClosedRange<Number>
    ) -> Self {
        let range = exact(range)
        return Constraint(field, .range(minimum: Double(range.lowerBound), maximum: Double(range.upperBound))) { root, found in
            if let number = root[keyPath: path], !range.contains(number) {
                found.add(field, "must be from \(range.lowerBound) to \(range.upperBound)")
            }
        }
    }

    package static func range(_ path: any KeyPath<Root, Double> & Sendable, _ field: String, _ range: ClosedRange<Double>) -> Self {
        Constraint(field, .range(minimum: range.lowerBound, maximum: range.upperBound)) { root, found in
            if !range.contains(root[keyPath: path]) { found.add(field, "must be from \(range.lowerBound) to \(range.upperBound)") }
        }
    }

    package static func range(_ path: any KeyPath<Root, Double?> & Sendable, _ field: String, _ range: ClosedRange<Double>) -> Self
    {
        Constraint(field, .range(minimum: range.lowerBound, maximum: range.upperBound)) { root, found in
            if let number = root[keyPath: path], !range.contains(number) {
                found.add(field, "must be from \(range.lowerBound) to \(range.upperBound)")
            }
        }
    }

    /// How many items a list may have.
    package static func count<Item>(_ path: any KeyPath<Root, [Item]> & Sendable, _ field: String, _ range: ClosedRange<Int>)
        -> Self
    {
        Constraint(field, .count(range)) { checkCount($0[keyPath: path].count, field, range, &$1) }
    }

    package static func count<Item>(_ path: any KeyPath<Root, [Item]?> & Sendable, _ field: String, _ range: ClosedRange<Int>)
        -> Self
    {
        Constraint(field, .count(range)) { if let items = $0[keyPath: path] { checkCount(items.count, field, range, &$1) } }
    }

    /// What a text must look like.
    package static func format(_ path: any KeyPath<Root, String> & Sendable, _ field: String, _ format: TextFormat) -> Self {
        Constraint(field, .format(format)) { root, found in
            if !format.accepts(root[keyPath: path]) { found.add(field, "must be \(format.words)") }
        }
    }

    package static func format(_ path: any KeyPath<Root, String?> & Sendable, _ field: String, _ format: TextFormat) -> Self {
        Constraint(field, .format(format)) { root, found in
            if let text = root[keyPath: path], !format.accepts(text) { found.add(field, "must be \(format.words)") }
        }
    }

    /// The texts that are allowed, where an enum is not wanted.
    package static func choices(_ path: any KeyPath<Root, String> & Sendable, _ field: String, _ allowed: [String]) -> Self {
        Constraint(field, .choices(allowed)) { root, found in
            if !allowed.contains(root[keyPath: path]) { found.add(field, "must be one of \(allowed.joined(separator: ", "))") }
        }
    }

    /// Checks the rules of a value inside this one.
    package static func nested<Inner: APIType>(_ path: any KeyPath<Root, Inner> & Sendable, _ field: String) -> Self {
        let rules = Inner.constraints
        return Constraint(field, .none) { $1.add($0[keyPath: path].violations(of: rules), below: field) }
    }

    package static func nested<Inner: APIType>(_ path: any KeyPath<Root, Inner?> & Sendable, _ field: String) -> Self {
        let rules = Inner.constraints
        return Constraint(field, .none) { root, found in
            if let inner = root[keyPath: path] { found.add(inner.violations(of: rules), below: field) }
        }
    }

    /// Checks the rules of a value whose fields stand beside this type's own on the wire: `PageQuery` in a larger query.
    package static func inlined<Inner: APIType>(_ path: any KeyPath<Root, Inner> & Sendable) -> Self {
        let rules = Inner.constraints
        return Constraint("", .inlined(Inner.notes)) { $1.add($0[keyPath: path].violations(of: rules), below: "") }
    }

    /// Checks the rules of each item of a list: `items[2].name`.
    package static func each<Inner: APIType>(_ path: any KeyPath<Root, [Inner]> & Sendable, _ field: String) -> Self {
        let rules = Inner.constraints
        return Constraint(field, .none) { root, found in
            for (index, item) in root[keyPath: path].enumerated() {
                found.add(item.violations(of: rules), below: "\(field)[\(index)]")
            }
        }
    }

    package static func each<Inner: APIType>(_ path: any KeyPath<Root, [Inner]?> & Sendable, _ field: String) -> Self {
        let rules = Inner.constraints
        return Constraint(field, .none) { root, found in
            for (index, item) in (root[keyPath: path] ?? []).enumerated() {
                found.add(item.violations(of: rules), below: "\(field)[\(index)]")
            }
        }
    }

    /// Any other rule: `check` returns what is wrong (`must be before ends_at`), or nil.
    package static func check(_ field: String, _ check: @escaping @Sendable (Root) -> String?) -> Self {
        Constraint(field, .checked) { root, found in
            if let reason = check(root) { found.add(field, reason) }
        }
    }

    /// Says in the document that the feature looks further at a field, after all rules here hold.
    package static func checked(_ field: String) -> Self { Constraint(field, .checked) }

    /// A sentence about the field for the document.
    package static func describe(_ field: String, _ text: String) -> Self { Constraint(field, .description(text)) }

    /// An example value for the document.
    package static func example(_ field: String, _ text: String) -> Self { Constraint(field, .example(text)) }

    /// Marks a secret that is only ever sent in.
    package static func writeOnly(_ field: String) -> Self { Constraint(field, .writeOnly) }

    /// Within the whole numbers on which JSON's readers agree: those that a double holds.
    private static func exact<Number: BinaryInteger>(_ range: ClosedRange<Number>) -> ClosedRange<Number> {
        guard let most = Number(exactly: 9_007_199_254_740_991), range.upperBound > most, range.lowerBound <= most else {
            return range
        }
        return range.lowerBound...most
    }

    private static func checkBlank(_ text: String, _ field: String, _ found: inout Violations) {
        if text.allSatisfy(\.isWhitespace) { found.add(field, "must not be blank") }
    }

    private static func checkLength(_ text: String, _ field: String, _ range: ClosedRange<Int>, _ found: inout Violations) {
        check(text.unicodeScalars.count, of: "character", field, range, &found)
    }

    private static func checkCount(_ count: Int, _ field: String, _ range: ClosedRange<Int>, _ found: inout Violations) {
        check(count, of: "item", field, range, &found)
    }

    private static func check(
        _ count: Int, of unit: String, _ field: String, _ range: ClosedRange<Int>, _ found: inout Violations
    ) {
        guard !range.contains(count) else { return }
        if range.upperBound == .max {
            found.add(field, "must have at least \(range.lowerBound) \(unit)\(range.lowerBound == 1 ? "" : "s")")
        } else if range.lowerBound == 0 {
            found.add(field, "must have at most \(range.upperBound) \(unit)s")
        } else {
            found.add(field, "must have from \(range.lowerBound) to \(range.upperBound) \(unit)s")
        }
    }
}
