/// What a sentence opens with that ties it to the one before.
enum Openings {
    /// The text without a harmless opening; nil where the opening is one without which the sentence says something else.
    static func stripped(_ text: String) -> String? {
        let lower = text.lowercased()
        for opening in harmless where lower.hasPrefix(opening + ", ") {
            return capitalised(String(text.dropFirst(opening.count + 2)))
        }
        for opening in harmless where lower.hasPrefix(opening + " ") && opening.count > 3 && !opening.contains("that") {
            if ["thus", "therefore", "hence", "moreover", "furthermore", "however"].contains(opening) {
                return capitalised(String(text.dropFirst(opening.count + 1)))
            }
        }
        for opening in tying where lower.hasPrefix(opening + " ") || lower.hasPrefix(opening + ",") { return nil }
        return text
    }

    static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    private static let harmless = [
        "however", "therefore", "in addition", "actually", "thus", "hence", "moreover", "furthermore", "additionally",
        "consequently",
        "as a result", "in fact", "of course", "indeed", "in general", "generally", "in practice", "traditionally", "note that",
    ]
    private static let tying = [
        "but", "so", "instead", "in particular", "at that time", "unlike", "and", "or", "nor", "yet", "then", "otherwise",
        "similarly",
        "likewise", "conversely", "in contrast", "by contrast", "on the other hand", "on the one hand", "also", "finally", "first",
        "firstly", "second", "secondly", "third", "thirdly", "next", "lastly", "later", "afterwards", "meanwhile", "nevertheless",
        "nonetheless", "still", "here", "there", "again", "besides", "rather", "alternatively", "specifically", "in this",
        "in that",
        "in such", "for this", "for that", "at this", "at that", "after that", "after this", "because of this", "as such",
        "in turn",
        "in short", "in summary", "in conclusion", "to this end", "in other words", "that is", "in both", "in either", "both",
        "neither",
        "either", "another", "others", "some", "many", "most", "several", "few", "one", "two", "three", "four", "all", "each",
        "more",
        "less", "even", "only", "not only", "with this", "with that", "if so", "if not", "once", "at first", "at the same time",
        "since then", "by then", "until then", "before that", "of these", "among these", "under these",
    ]
}
