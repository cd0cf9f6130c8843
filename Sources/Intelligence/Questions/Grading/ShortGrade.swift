/// Grades what is typed by its letters: the same, the same but for form, or a letter away.
enum ShortGrade {
    /// nil where letters decide nothing.
    static func grade(_ text: String, _ key: TypedKey) -> Grade? {
        let given = AnswerForm.normalised(text)
        guard !given.isEmpty else { return nil }
        for accepted in key.accepted where text.trimmingCharacters(where: \.isWhitespace) == accepted {
            return Grade(.right, share: 1, reason: .exact)
        }
        let singular = AnswerForm.singular(text)
        for accepted in key.accepted {
            if AnswerForm.normalised(accepted) == given || AnswerForm.singular(accepted) == singular {
                return Grade(.right, share: 1, reason: .normalised)
            }
            if joined(AnswerForm.singular(accepted)) == joined(singular) { return Grade(.right, share: 1, reason: .normalised) }
        }
        for part in key.partly where AnswerForm.singular(part) == singular { return Grade(.partly, share: 0.5, reason: .part) }
        guard !key.isOpen else { return nil }
        for accepted in key.accepted {
            let right = AnswerForm.singular(accepted)
            // A letter makes another word of a short one, and of a number.
            guard right.count >= 6, !right.contains(where: \.isNumber), !singular.contains(where: \.isNumber) else { continue }
            // The first letter is not mistaken: `ethane` is no misspelt `methane`.
            guard right.first == singular.first else { continue }
            if AnswerForm.distance(right, singular, limit: 1) == 1, !isAnother(right, singular) {
                return Grade(.right, share: 1, reason: .misspelt)
            }
        }
        return nil
    }

    private static func joined(_ text: String) -> String { text.replacing(" ", with: "") }

    /// `meiosis` for `mitosis` is two letters away, but `hypertonic` for `hypotonic` and `inter-` for `intra-` must not pass either.
    private static func isAnother(_ one: String, _ other: String) -> Bool {
        let starts = [
            "hyper", "hypo", "inter", "intra", "endo", "exo", "macro", "micro", "anti", "un", "in", "im", "a", "non", "pre", "pro",
            "ante",
        ]
        for start in starts where one.hasPrefix(start) != other.hasPrefix(start) { return true }
        // Endings that tell one substance or process from another.
        return one.last != other.last && (one.dropLast() == other.dropLast())
            || Set(["ate", "ite", "ide", "ase", "ose", "ane", "ene", "yne", "ine"]).contains {
                one.hasSuffix($0) != other.hasSuffix($0)
            }
    }
}
