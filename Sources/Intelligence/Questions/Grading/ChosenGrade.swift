/// Grades answers that are chosen, not typed, as Moodle does.
enum ChosenGrade {
    /// Each right option is worth its share, each wrong one takes a share of the wrong ones away; never below nothing.
    static func choice(_ chosen: [Int], right: [Int], of count: Int) -> Grade {
        let chosen = Set(chosen)
        guard chosen.allSatisfy({ (0..<count).contains($0) }) else { return Grade(.wrong, share: 0, reason: .form) }
        if chosen.isEmpty { return Grade(.wrong, share: 0, reason: .empty) }
        let right = Set(right)
        if chosen == right { return Grade(.right, share: 1, reason: .exact) }
        guard right.count > 1 else { return Grade(.wrong, share: 0, reason: .differs) }
        let wrong = chosen.subtracting(right).count
        let share =
            Double(chosen.intersection(right).count) / Double(right.count) - Double(wrong) / Double(max(1, count - right.count))
        return share > 0 ? Grade(.partly, share: share, reason: .part) : Grade(.wrong, share: 0, reason: .differs)
    }

    static func matching(_ given: [Int?], prompts: Int) -> Grade {
        guard given.count == prompts, prompts > 0 else { return Grade(.wrong, share: 0, reason: .form) }
        if given.allSatisfy({ $0 == nil }) { return Grade(.wrong, share: 0, reason: .empty) }
        return part(given.enumerated().count { $0.element == $0.offset }, of: prompts)
    }

    /// Each item that stands behind the one that it belongs behind is worth a share: one item too early costs little.
    static func ordering(_ given: [Int], count: Int) -> Grade {
        guard given.sorted() == Array(0..<count), count > 1 else {
            return Grade(.wrong, share: 0, reason: given.isEmpty ? .empty : .form)
        }
        return part(zip(given, given.dropFirst()).count { $1 == $0 + 1 }, of: count - 1)
    }

    private static func part(_ right: Int, of all: Int) -> Grade {
        if right == all { return Grade(.right, share: 1, reason: .exact) }
        return right > 0
            ? Grade(.partly, share: Double(right) / Double(all), reason: .part) : Grade(.wrong, share: 0, reason: .differs)
    }
}
