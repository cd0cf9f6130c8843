/// The greatest flow through a network at the least cost, where each further unit of an arc costs at least as much as the one before.
///
/// Successive shortest paths: exact for whole numbers and such costs, and the same for the same network. Costs may be negative, as long
/// as no circle is.
struct CostFlow {
    private struct Arc {
        let to: Int
        /// The number of the arc back.
        let back: Int
        let capacity: Int
        /// Of the unit after so many.
        let cost: (Int) -> Int
        let isForward: Bool
    }

    private var arcs: [Arc] = []
    private var flows: [Int] = []
    private var out: [[Int]]

    init(nodes: Int) { out = Array(repeating: [], count: nodes) }

    /// - Parameter cost: of one more unit when so many flow; it must not fall.
    /// - Returns: the arc's number.
    @discardableResult
    mutating func connect(_ from: Int, _ to: Int, capacity: Int, cost: @escaping (Int) -> Int = { _ in 0 }) -> Int {
        let number = arcs.count
        arcs.append(Arc(to: to, back: number + 1, capacity: capacity, cost: cost, isForward: true))
        arcs.append(Arc(to: from, back: number, capacity: 0, cost: cost, isForward: false))
        flows += [0, 0]
        out[from].append(number)
        out[to].append(number + 1)
        return number
    }

    func flow(of arc: Int) -> Int { flows[arc] }

    /// Sends all that goes from a node to another.
    mutating func run(from source: Int, to sink: Int) {
        while let path = shortestPath(from: source, to: sink) {
            for arc in path {
                if arcs[arc].isForward { flows[arc] += 1 } else { flows[arcs[arc].back] -= 1 }
            }
        }
    }

    /// nil where one more unit cannot go.
    private func price(_ number: Int) -> Int? {
        let arc = arcs[number]
        if arc.isForward { return flows[number] < arc.capacity ? arc.cost(flows[number]) : nil }
        let forward = flows[arc.back]
        return forward > 0 ? -arc.cost(forward - 1) : nil
    }

    /// Bellman and Ford's method with a queue.
    private func shortestPath(from source: Int, to sink: Int) -> [Int]? {
        var distance = Array(repeating: Int.max, count: out.count)
        var arrived = Array(repeating: -1, count: out.count)
        var isQueued = Array(repeating: false, count: out.count)
        var queue = [source]
        var next = 0
        distance[source] = 0
        while next < queue.count {
            let node = queue[next]
            next += 1
            isQueued[node] = false
            for number in out[node] {
                guard let price = price(number) else { continue }
                let (to, length) = (arcs[number].to, distance[node] + price)
                guard length < distance[to] else { continue }
                distance[to] = length
                arrived[to] = number
                if !isQueued[to] {
                    isQueued[to] = true
                    queue.append(to)
                }
            }
        }
        guard distance[sink] < .max else { return nil }
        var path: [Int] = []
        var node = sink
        while node != source {
            path.append(arrived[node])
            node = arcs[arcs[arrived[node]].back].to
        }
        return path
    }
}
