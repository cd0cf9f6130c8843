import Questions

/// The files that questions come in and go out as.
package enum BankFormat: String, Sendable, Codable, CaseIterable {
    case gift, moodle, aiken, csv, qti

    var fileExtension: String {
        switch self {
        case .gift: "gift"
        case .moodle: "xml"
        case .aiken: "txt"
        case .csv: "csv"
        case .qti: "zip"
        }
    }

    var mediaType: String {
        switch self {
        case .gift, .aiken: "text/plain; charset=utf-8"
        case .moodle: "application/xml"
        case .csv: "text/csv; charset=utf-8"
        case .qti: "application/zip"
        }
    }

    /// Whether the format has a way to say this question.
    func holds(_ draft: QuestionDraft) -> Bool {
        switch (self, draft.content) {
        case (.moodle, _), (.csv, _), (.qti, _): true
        case (.gift, .ordering): false
        case (.gift, .gaps(let keys)): keys.count == 1
        case (.gift, _): true
        case (.aiken, .choice(_, let right)): right.count == 1 && draft.kind == .multipleChoice
        case (.aiken, _): false
        }
    }

    /// Those that the format has a way to say.
    func file(of drafts: [QuestionDraft], title: String) -> [UInt8] {
        let held = drafts.filter(holds)
        return switch self {
        case .gift: Array(GIFTWriter.text(of: held, leftOut: drafts.count - held.count).utf8)
        case .moodle: Array(MoodleWriter.text(of: held).utf8)
        case .aiken: Array(AikenFile.text(of: held).utf8)
        case .csv: Array(SeparatedBank.text(of: held).utf8)
        case .qti: QTIWriter.package(of: held, title: title)
        }
    }
}

/// What a file gave: its questions, and what of it could not be read.
struct ImportedBank: Sendable, Hashable {
    struct Problem: Sendable, Hashable {
        /// From 1.
        var line: Int
        var reason: String
    }

    var drafts: [QuestionDraft] = []
    var problems: [Problem] = []

    mutating func add(_ draft: QuestionDraft, line: Int) {
        if let problem = draft.problems.first {
            problems.append(Problem(line: line, reason: "\(problem.field) \(problem.reason)"))
        } else {
            drafts.append(draft)
        }
    }

    mutating func add(_ read: () throws(BankProblem) -> QuestionDraft?, line: Int) {
        do throws(BankProblem) {
            if let draft = try read() { add(draft, line: line) }
        } catch {
            problems.append(Problem(line: line, reason: error.reason))
        }
    }
}

/// Why a question of a file cannot be read.
struct BankProblem: Error, Sendable {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}
