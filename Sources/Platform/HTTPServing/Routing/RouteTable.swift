import HTTPMessages

/// All routes, by path and method.
struct RouteTable: Sendable {
    enum Outcome {
        case found(RouteEntry, PathParameters)
        /// The place is there, the method is not; the value is for `Allow`.
        case wrongMethod(allow: String)
        /// The same path without its trailing slash is a place.
        case moved(to: String)
        case malformed
        case nowhere
    }

    private var trie = RouteTrie()
    private(set) var entries: [RouteEntry] = []

    init(_ mounts: [RouteMount]) {
        for mount in mounts {
            for route in mount.collections.flatMap(\.routes) {
                let pattern = Self.join(mount.prefixes[0], route.path)
                let entry = RouteEntry(route, pattern: pattern, meter: RouteMeter(route: pattern, method: route.method.rawValue))
                entries.append(entry)
                for prefix in mount.prefixes { trie.insert(Self.join(prefix, route.path), entry) }
            }
        }
    }

    static func join(_ prefix: String, _ path: String) -> String {
        prefix.isEmpty ? path : path == "/" ? prefix : prefix + path
    }

    func find(_ method: HTTPMethod, target: String) -> Outcome {
        let path = target.utf8.firstIndex(of: UInt8(ascii: "?")).map { target[..<$0] } ?? target[...]
        guard path.utf8.first == UInt8(ascii: "/") else { return .nowhere }
        var segments = path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map(
            Substring.init)
        if path.utf8.contains(UInt8(ascii: "%")) {
            for index in segments.indices where segments[index].utf8.contains(UInt8(ascii: "%")) {
                guard let decoded = PercentCoding.decode(segments[index]) else { return .malformed }
                segments[index] = decoded[...]
            }
        }
        let isRoot = segments.count == 1 && segments[0].isEmpty
        guard let match = trie.find(isRoot ? [] : segments[...]) else {
            if segments.count > 1, segments.last?.isEmpty == true, trie.find(segments.dropLast()) != nil {
                return .moved(to: String(path.dropLast()) + target[path.endIndex...])
            }
            return .nowhere
        }
        guard let entry = trie.entry(at: match.node, for: method) else { return .wrongMethod(allow: trie.allowed(at: match.node)) }
        return .found(entry, PathParameters(names: entry.parameterNames, values: match.values))
    }
}
