/// A binary heap of wake-up times, earliest first. Entries are not taken back: who is woken checks whether it is still meant.
struct DeadlineQueue {
    struct Entry {
        /// Nanoseconds of `MonotonicClock`.
        let time: UInt64
        let descriptor: Int32
        let generation: UInt32
    }

    private var heap: [Entry] = []

    var first: UInt64? { heap.first?.time }

    mutating func insert(_ entry: Entry) {
        heap.append(entry)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].time < heap[parent].time else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// The earliest entry if it is due.
    mutating func take(dueAt now: UInt64) -> Entry? {
        guard let first = heap.first, first.time <= now else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child].time < heap[least].time {
                least = child
            }
            guard least != parent else { return first }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
