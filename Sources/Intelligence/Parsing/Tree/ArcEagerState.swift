/// Where an arc-eager parser stands in a sentence: words that still wait for arcs, words not read yet, arcs so far.
///
/// As in spaCy, a word may get another head later, and a word without a head goes back to the unread ones when it is taken off.
struct ArcEagerState {
    private(set) var heads: [Int]
    private(set) var labels: [String]
    private let count: Int
    private var stack: [Int] = []
    /// Put back to be read again; the last is next.
    private var again: [Int] = []
    private var next = 0
    private var wasPutBack: [Bool]
    private var starts: [Bool]
    private var lefts: [[Int]]
    private var rights: [[Int]]

    init(count: Int) {
        self.count = count
        heads = [Int](repeating: -1, count: count)
        labels = [String](repeating: "", count: count)
        wasPutBack = [Bool](repeating: false, count: count)
        starts = [Bool](repeating: false, count: count)
        lefts = [[Int]](repeating: [], count: count)
        rights = [[Int]](repeating: [], count: count)
    }

    enum Move: Int { case shift, reduce, left, right, split }

    var isFinal: Bool { stack.isEmpty && unread == 0 }
    private var unread: Int { count - next + again.count }

    private func waiting(_ depth: Int) -> Int { depth < stack.count ? stack[stack.count - 1 - depth] : -1 }

    private func unread(_ place: Int) -> Int {
        if place < again.count { return again[again.count - 1 - place] }
        let index = next + place - again.count
        return index < count ? index : -1
    }

    /// The eight words that decide the next move; -1 for none.
    var context: (Int, Int, Int, Int, Int, Int, Int, Int) {
        let (b0, s0) = (unread(0), waiting(0))
        return (
            b0, unread(1), s0, waiting(1), waiting(2), b0 < 0 ? -1 : lefts[b0].last ?? -1, s0 < 0 ? -1 : lefts[s0].last ?? -1,
            s0 < 0 ? -1 : rights[s0].last ?? -1
        )
    }

    func allows(_ move: Move) -> Bool {
        switch move {
        case .shift:
            if stack.isEmpty { return true }
            return unread >= 2 && !starts[unread(0)] && !wasPutBack[unread(0)]
        case .reduce: return !stack.isEmpty
        case .left, .right: return !stack.isEmpty && unread > 0 && !starts[unread(0)]
        case .split:
            guard unread >= 2 else { return false }
            let second = unread(1)
            return second == unread(0) + 1 && !starts[second]
        }
    }

    mutating func take(_ move: Move, label: String) {
        switch move {
        case .shift: push()
        case .reduce:
            guard let top = stack.popLast() else { return }
            if heads[top] < 0, !stack.isEmpty {
                wasPutBack[top] = true
                again.append(top)
            }
        case .left:
            let head = unread(0)
            addArc(head, waiting(0), label)
            wasPutBack[head] = false
            stack.removeLast()
        case .right:
            addArc(waiting(0), unread(0), label)
            push()
        case .split: starts[unread(1)] = true
        }
    }

    /// Gives up: what has no head stays without one.
    mutating func finish() {
        stack = []
        again = []
        next = count
    }

    private mutating func push() {
        if let word = again.popLast() {
            stack.append(word)
        } else if next < count {
            stack.append(next)
            next += 1
        }
    }

    private mutating func addArc(_ head: Int, _ child: Int, _ label: String) {
        let old = heads[child]
        if old >= 0 {
            if old > child { lefts[old].removeAll { $0 == child } } else { rights[old].removeAll { $0 == child } }
        }
        if head > child { lefts[head].append(child) } else { rights[head].append(child) }
        heads[child] = head
        labels[child] = label
    }
}
