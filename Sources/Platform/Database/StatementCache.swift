/// Prepared statements of one connection by their text; the one not used for longest makes room.
package struct StatementCache<Statement> {
    private var entries: [String: (statement: Statement, used: UInt64)] = [:]
    private var clock: UInt64 = 0
    private let capacity: Int

    package init(capacity: Int) { self.capacity = capacity }

    package mutating func find(_ text: String) -> Statement? {
        guard let index = entries.index(forKey: text) else { return nil }
        clock += 1
        entries.values[index].used = clock
        return entries.values[index].statement
    }

    /// Keeps a statement; returns the one that had to go, which the caller frees.
    package mutating func keep(_ statement: Statement, for text: String) -> Statement? {
        clock += 1
        var evicted: Statement?
        if entries[text] == nil, entries.count >= capacity, let oldest = entries.min(by: { $0.value.used < $1.value.used })?.key {
            evicted = entries.removeValue(forKey: oldest)?.statement
        }
        entries[text] = (statement, clock)
        return evicted
    }

    /// Forgets all; returns them for the caller to free.
    package mutating func removeAll() -> [Statement] {
        defer { entries = [:] }
        return entries.values.map(\.statement)
    }
}
