package import Ambient
import Concurrency
package import Courses
import Database
import FoundationEssentials

extension LibraryService {
    /// The course, where it is the student's own.
    package func hasCourse(_ id: CourseID?, user: UserID) async -> CourseID? {
        guard let id else { return nil }
        let isOwn = try? await database.read(as: .user(user)) { try await directory.require(id, user: user, in: $0) }
        return isOwn == true ? id : nil
    }

    /// Names and terms of a course's documents, those that come most often first: what a recogniser of speech would not guess.
    package func rareWords(of course: CourseID, user: UserID) async throws -> [String] {
        var filter = DocumentStore.Filter()
        filter.filing = .course(course)
        filter.status = .completed
        let texts = try await database.read(as: .user(user)) { [filter] transaction in
            var texts: [String] = []
            for document in try await documents.list(filter, user: user, offset: 0, limit: 20, in: transaction).documents {
                texts += try await self.texts.pages(of: document.id, limit: 200, in: transaction).map(\.text)
            }
            return texts
        }
        return await BlockingPool.shared.run { RareWords.found(in: texts) }
    }
}

/// Words that stand for something of their own: names within a sentence, short forms, long terms.
enum RareWords {
    static func found(in texts: [String], atMost limit: Int = 60) -> [String] {
        var counts: [String: Int] = [:]
        for text in texts {
            var isStart = true
            for part in text.split(whereSeparator: \.isWhitespace) {
                let word = part.drop { !$0.isLetter }.prefix { $0.isLetter || $0 == "-" }
                defer { isStart = part.last.map { ".!?:•–]".contains($0) } ?? false }
                guard (3...30).contains(word.count), word.last?.isLetter == true else { continue }
                let capitals = word.count { $0.isUppercase }
                let isName = capitals > 0 && (!isStart || capitals > 1) && !word.dropFirst().isEmpty
                if isName || word.count >= 10 { counts[String(word), default: 0] += 1 }
            }
        }
        // Once may be a misprint. A word of every sentence is no rare one.
        return counts.filter { $0.value > 1 }.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(limit).map(\.key)
    }
}
