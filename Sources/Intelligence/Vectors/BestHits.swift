/// The best hits so far, at most `limit`: a heap with the worst of them on top.
struct BestHits {
    private let limit: Int
    private var heap: [VectorHit] = []

    init(limit: Int) {
        self.limit = limit
        heap.reserveCapacity(min(limit, 1024))
    }

    /// No hit with a lower score gets in.
    var floor: Float { heap.count < limit ? -.infinity : heap.first?.score ?? .infinity }

    mutating func offer(_ hit: VectorHit) {
        if heap.count < limit {
            heap.append(hit)
            var child = heap.count - 1
            while child > 0, Self.isBetter(heap[(child - 1) / 2], heap[child]) {
                heap.swapAt(child, (child - 1) / 2)
                child = (child - 1) / 2
            }
        } else if let worst = heap.first, Self.isBetter(hit, worst) {
            heap[0] = hit
            var parent = 0
            while true {
                var worst = parent
                for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                    if Self.isBetter(heap[worst], heap[child]) { worst = child }
                }
                if worst == parent { break }
                heap.swapAt(parent, worst)
                parent = worst
            }
        }
    }

    /// Best first.
    var sorted: [VectorHit] { heap.sorted(by: Self.isBetter) }

    /// By score, then by id, so that equal scores have one order.
    private static func isBetter(_ a: VectorHit, _ b: VectorHit) -> Bool {
        a.score != b.score ? a.score > b.score : a.id < b.id
    }
}
