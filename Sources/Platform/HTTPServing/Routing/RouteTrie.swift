import HTTPMessages

/// Finds a route by the segments of a path. A literal segment goes before a parameter, a parameter before the rest of the path.
struct RouteTrie: Sendable {
    struct Match {
        let node: Int
        let values: [String]
    }

    private struct Node: Sendable {
        var literals: [(segment: String, node: Int)] = []
        var parameter: Int?
        var rest: Int?
        var entries: [(method: HTTPMethod, entry: RouteEntry)] = []
    }

    private var nodes: [Node] = [Node()]

    /// Adds a route at a full path. Two routes of one method and shape are a programmer's error.
    mutating func insert(_ path: String, _ entry: RouteEntry) {
        var at = 0
        for segment in path.split(separator: "/") {
            switch segment.first {
            case ":": at = child(of: at, \.parameter)
            case "*": at = child(of: at, \.rest)
            default:
                if let known = nodes[at].literals.first(where: { $0.segment == segment }) {
                    at = known.node
                } else {
                    nodes.append(Node())
                    nodes[at].literals.append((String(segment), nodes.count - 1))
                    at = nodes.count - 1
                }
            }
        }
        let method = entry.route.method
        precondition(!nodes[at].entries.contains { $0.method == method }, "\(method.rawValue) \(path) is declared twice")
        nodes[at].entries.append((method, entry))
    }

    private mutating func child(of node: Int, _ slot: WritableKeyPath<Node, Int?>) -> Int {
        if let known = nodes[node][keyPath: slot] { return known }
        nodes.append(Node())
        nodes[node][keyPath: slot] = nodes.count - 1
        return nodes.count - 1
    }

    /// - Parameter segments: of the path, decoded.
    func find(_ segments: ArraySlice<Substring>) -> Match? {
        var values: [String] = []
        guard let node = find(segments, from: 0, &values) else { return nil }
        return Match(node: node, values: values)
    }

    private func find(_ segments: ArraySlice<Substring>, from node: Int, _ values: inout [String]) -> Int? {
        guard let segment = segments.first else { return nodes[node].entries.isEmpty ? nil : node }
        let rest = segments.dropFirst()
        for literal in nodes[node].literals where literal.segment == segment {
            if let found = find(rest, from: literal.node, &values) { return found }
        }
        if let parameter = nodes[node].parameter, !segment.isEmpty {
            let mark = values.count
            values.append(String(segment))
            if let found = find(rest, from: parameter, &values) { return found }
            values.removeSubrange(mark...)
        }
        if let tail = nodes[node].rest {
            values.append(segments.joined(separator: "/"))
            return tail
        }
        return nil
    }

    /// HEAD is answered by GET.
    func entry(at node: Int, for method: HTTPMethod) -> RouteEntry? {
        let entries = nodes[node].entries
        if let exact = entries.first(where: { $0.method == method }) { return exact.entry }
        return method == .head ? entries.first { $0.method == .get }?.entry : nil
    }

    /// The methods that a place answers, as an `Allow` value.
    func allowed(at node: Int) -> String {
        var methods = nodes[node].entries.map(\.method)
        if methods.contains(.get), !methods.contains(.head) { methods.append(.head) }
        if !methods.contains(.options) { methods.append(.options) }
        return HTTPMethod.allCases.filter(methods.contains).map(\.rawValue).joined(separator: ", ")
    }
}
