import FoundationEssentials
import JSON
import ScriptedServing
import Synchronization

/// A learning record store that takes what xAPI 1.0.3 lets it take, and refuses all else: parts 2 (statements) and 3 (the statement
/// resource) of the specification.
final class StrictRecordStore: Sendable {
    let server: ScriptedServer
    private let state: State

    /// What is kept, and what was wrong with what is not.
    final class State: Sendable {
        let kept = Mutex<[String: JSONValue]>([:])
        let faults = Mutex<[String]>([])
    }

    /// - Parameter refused: statements that this store does not take, as one with rules of its own.
    init(authorization: String, refused: @escaping @Sendable (JSONValue) -> Bool = { _ in false }) throws {
        let state = State()
        self.state = state
        server = try ScriptedServer { connection, request in
            func fault(_ status: Int, _ why: String) {
                state.faults.withLock { $0.append(why) }
                connection.respond(status, ["X-Experience-API-Version": "1.0.3"], why)
            }
            guard request.headers["x-experience-api-version"] == "1.0.3" else { return fault(400, "version header") }
            guard request.headers["authorization"] == authorization else { return fault(401, "credentials") }
            guard request.method == "POST", request.target == "/xapi/statements" else { return fault(404, request.target) }
            guard request.headers["content-type"] == "application/json",
                let body = try? JSONDecoder().decode(JSONValue.self, from: Data(request.body))
            else { return fault(400, "no JSON") }
            let statements = if case .array(let all) = body { all } else { [body] }
            let problems = statements.flatMap(StatementRules.problems)
            guard problems.isEmpty else { return fault(400, problems.joined(separator: "; ")) }
            guard !statements.contains(where: refused) else { return fault(400, "refused") }
            let ids = statements.compactMap { $0["id"]?.string }
            guard Set(ids).count == ids.count else { return fault(400, "the same id twice") }
            // Immutable: the same again is no change, another under its id a conflict. A batch is taken whole or not at all.
            let clashes = state.kept.withLock { kept in
                zip(ids, statements).contains { kept[$0] != nil && kept[$0] != $1 }
            }
            guard !clashes else { return fault(409, "another statement has this id") }
            state.kept.withLock { for (id, statement) in zip(ids, statements) { $0[id] = statement } }
            connection.respond(
                200, ["X-Experience-API-Version": "1.0.3", "Content-Type": "application/json"],
                "[" + ids.map { "\"\($0)\"" }.joined(separator: ",") + "]")
        }
    }

    var url: String { "\(server.url)/xapi" }
    var kept: [String: JSONValue] { state.kept.withLock { $0 } }
    var faults: [String] { state.faults.withLock { $0 } }
}

/// What a statement must be.
enum StatementRules {
    static func problems(_ statement: JSONValue) -> [String] {
        var found: [String] = []
        func check(_ holds: Bool, _ problem: String) { if !holds { found.append(problem) } }
        let known = ["id", "actor", "verb", "object", "result", "context", "timestamp", "version", "attachments", "authority"]
        check(statement.names.isSubset(of: Set(known)), "unknown property \(statement.names.subtracting(known))")
        check(!statement.holdsNull, "null is not allowed")
        check(statement["id"]?.string.map(isUUID) ?? false, "id is no UUID")
        check(statement["version"]?.string?.hasPrefix("1.0.") ?? true, "version")
        check(statement["timestamp"]?.string.map(isTimestamp) ?? false, "timestamp is not ISO 8601")

        // 2.4.2: an agent has exactly one inverse functional identifier.
        let actor = statement["actor"]
        let identifiers = ["mbox", "mbox_sha1sum", "openid", "account"].filter { actor?[$0] != nil }
        check(identifiers == ["account"], "the actor is known by \(identifiers)")
        check(actor?["objectType"]?.string ?? "Agent" == "Agent", "the actor is no agent")
        check(actor?["account"]?.names == ["homePage", "name"], "account")
        check(actor?["account"]?["homePage"]?.string.map(isIRI) ?? false, "homePage is no IRL")
        check(actor?["account"]?["name"]?.string?.isEmpty == false, "account name")

        let verb = statement["verb"]
        check(verb?["id"]?.string.map(isIRI) ?? false, "the verb is no IRI")
        check(verb?["display"].map(isLanguageMap) ?? true, "display is no language map")
        found += activityProblems(statement["object"])

        if let score = statement["result"]?["score"] {
            let (scaled, raw, low, high) = (
                score["scaled"]?.double, score["raw"]?.double, score["min"]?.double, score["max"]?.double
            )
            check(score.names.isSubset(of: ["scaled", "raw", "min", "max"]), "score")
            check(scaled.map { (-1...1).contains($0) } ?? true, "scaled")
            check((low ?? -.infinity) < (high ?? .infinity), "min is not below max")
            check(raw.map { (low ?? -.infinity) <= $0 && $0 <= (high ?? .infinity) } ?? true, "raw is out of range")
        }
        for flag in ["success", "completion"] {
            if let value = statement["result"]?[flag] { check(value == .bool(true) || value == .bool(false), flag) }
        }
        if let context = statement["context"] {
            check(context["registration"]?.string.map(isUUID) ?? true, "registration is no UUID")
            if let activities = context["contextActivities"] {
                check(activities.names.isSubset(of: ["parent", "grouping", "category", "other"]), "contextActivities")
                for name in activities.names {
                    guard case .array(let list) = activities[name] else { continue }
                    for each in list { found += activityProblems(each) }
                }
            }
        }
        return found
    }

    private static func activityProblems(_ object: JSONValue?) -> [String] {
        guard let object else { return ["there is no object"] }
        var found: [String] = []
        if object["objectType"]?.string ?? "Activity" != "Activity" { found.append("the object is no activity") }
        if object["id"]?.string.map(isIRI) != true { found.append("the activity's id is no IRI") }
        if let definition = object["definition"] {
            if !definition.names.isSubset(of: ["name", "description", "type", "moreInfo", "extensions"]) {
                found.append("definition")
            }
            if definition["type"]?.string.map(isIRI) == false { found.append("the activity's type is no IRI") }
        }
        return found
    }

    private static func isUUID(_ text: String) -> Bool {
        text.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil
    }

    private static func isTimestamp(_ text: String) -> Bool {
        text.wholeMatch(of: /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})/) != nil
    }

    private static func isIRI(_ text: String) -> Bool { text.wholeMatch(of: /[a-z][a-z0-9+.-]*:\/\/[^\s<>"{}|\\^`]+/) != nil }

    private static func isLanguageMap(_ value: JSONValue) -> Bool {
        !value.names.isEmpty
            && value.names.allSatisfy {
                $0.wholeMatch(of: /[a-z]{2,3}(-[A-Za-z0-9]+)*/) != nil && value[$0]?.string?.isEmpty == false
            }
    }
}

extension JSONValue {
    var string: String? { if case .string(let text) = self { text } else { nil } }

    var double: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: nil
        }
    }

    var names: Set<String> {
        guard case .object(let fields) = self else { return [] }
        return Set(fields.map(\.name))
    }

    var holdsNull: Bool {
        switch self {
        case .null: true
        case .array(let items): items.contains(where: \.holdsNull)
        case .object(let fields): fields.contains { $0.value.holdsNull }
        default: false
        }
    }
}
