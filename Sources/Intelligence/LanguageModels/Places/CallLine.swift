package import Ambient

/// Who has a place, and who gets the next one.
package struct CallLine: Sendable {
    package typealias Ticket = UInt64

    private var free: Int
    private var waiting: [Ticket: UserID] = [:]
    private var served: [Ticket: UserID] = [:]
    private var held: [UserID: Int] = [:]
    /// When each user was last given a place, as the number of places given until then.
    private var lastTurn: [UserID: UInt64] = [:]
    private var turns: UInt64 = 0
    private var lastTicket: Ticket = 0

    package init(_ places: Int) { free = places }

    package mutating func enter(_ user: UserID) -> Ticket {
        lastTicket += 1
        waiting[lastTicket] = user
        serve()
        return lastTicket
    }

    package func isServed(_ ticket: Ticket) -> Bool { served[ticket] != nil }

    /// Gives the place back, or no longer waits for one.
    package mutating func leave(_ ticket: Ticket) {
        waiting[ticket] = nil
        if let user = served.removeValue(forKey: ticket) {
            free += 1
            held[user] = held[user].flatMap { $0 > 1 ? $0 - 1 : nil }
        }
        serve()
        // As long as anyone is here it counts who was served before, so that whoever comes back at once does not overtake.
        if served.isEmpty, waiting.isEmpty { lastTurn = [:] }
    }

    private mutating func serve() {
        // If the first may not take a place then nobody may: nobody holds fewer.
        while let next = waiting.min(by: { rank($0) < rank($1) }), held[next.value, default: 0] < free {
            waiting[next.key] = nil
            served[next.key] = next.value
            free -= 1
            held[next.value, default: 0] += 1
            turns += 1
            lastTurn[next.value] = turns
        }
    }

    /// First whoever holds the fewest places; among those whoever was served longest ago, then whoever came first.
    private func rank(_ entry: (key: Ticket, value: UserID)) -> (Int, UInt64, Ticket) {
        (held[entry.value, default: 0], lastTurn[entry.value, default: 0], entry.key)
    }
}
