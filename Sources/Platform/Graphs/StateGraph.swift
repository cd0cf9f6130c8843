/// Work in steps: nodes that each change one typed state, and edges that say what comes next. A state machine whose every step is kept.
///
/// A graph that hangs together wrongly is found when it is made, not when it runs.
package struct StateGraph<State: Codable & Sendable>: Sendable {
    package enum Edge: Sendable {
        case to(String)
        /// One of the names, as the state says.
        case choose(among: [String], @Sendable (State) -> String)
        case end

        fileprivate var targets: [String] {
            switch self {
            case .to(let name): [name]
            case .choose(let names, _): names
            case .end: []
            }
        }
    }

    package struct Node: Sendable {
        package let name: String
        package let edge: Edge
        package let run: @Sendable (State, GraphStep) async throws -> State

        /// - Parameter run: after a crash it may run a second time on the same state; what it does outside must bear that.
        package init(_ name: String, then edge: Edge, run: @escaping @Sendable (State, GraphStep) async throws -> State) {
            self.name = name
            self.edge = edge
            self.run = run
        }
    }

    package let name: String
    package let entry: String
    let nodes: [String: Node]

    /// - Throws: `GraphFailure` where a name is missing or given twice, a node cannot be reached, or none of what follows one ever ends.
    package init(_ name: String, entry: String, _ nodes: [Node]) throws(GraphFailure) {
        self.name = name
        self.entry = entry
        var known: [String: Node] = [:]
        for node in nodes {
            guard known.updateValue(node, forKey: node.name) == nil else {
                throw .malformed(name, "two nodes are called \(node.name)")
            }
        }
        self.nodes = known
        guard known[entry] != nil else { throw .malformed(name, "there is no node \(entry) to begin with") }
        for node in nodes {
            for target in node.edge.targets where known[target] == nil {
                throw .malformed(name, "\(node.name) leads to \(target), which is not there")
            }
        }
        var (reached, open) = (Set([entry]), [entry])
        while let next = open.popLast() {
            for target in known[next]?.edge.targets ?? [] where reached.insert(target).inserted { open.append(target) }
        }
        if let lost = nodes.first(where: { !reached.contains($0.name) }) { throw .malformed(name, "nothing leads to \(lost.name)") }
        // From each node some way leads to the end.
        var ending = Set(nodes.filter { if case .end = $0.edge { true } else { false } }.map(\.name))
        var grew = true
        while grew {
            let more = nodes.filter { !ending.contains($0.name) && !ending.isDisjoint(with: $0.edge.targets) }.map(\.name)
            grew = !more.isEmpty
            ending.formUnion(more)
        }
        if let endless = nodes.first(where: { !ending.contains($0.name) }) {
            throw .malformed(name, "nothing that follows \(endless.name) ends")
        }
    }

    /// The node after one; nil at the end.
    func next(after node: Node, _ state: State) throws(GraphFailure) -> String? {
        switch node.edge {
        case .to(let name): return name
        case .end: return nil
        case .choose(let names, let choose):
            let name = choose(state)
            guard names.contains(name) else { throw .malformed(self.name, "\(node.name) chose \(name), which it may not") }
            return name
        }
    }
}
