package import Ambient
import Database
package import FoundationEssentials

extension TranscriptsService {
    /// What changes about a transcript. nil leaves a field.
    package struct Change: Sendable {
        package struct Segment: Sendable {
            package var id: TranscriptSegmentID
            package var text: String?
            /// `.some(nil)` takes the speaker away.
            package var speaker: String??
        }

        package var title: String?
        package var segments: [Segment] = []
        /// What each speaker is called; an empty name takes it away.
        package var speakers: [String: String] = [:]
        /// `.some(nil)` takes it away.
        package var courseID: UUID??
        package var slidesID: UUID??

        package init() {}
    }

    package func change(_ id: TranscriptID, _ change: Change, user: UserID) async throws -> (
        transcript: Transcript, segments: [TranscriptSegment]
    ) {
        try await edit(id, user: user) { transcript, segments, transaction in
            if let title = change.title { transcript.title = title }
            if let course = change.courseID { transcript.courseID = course }
            if let slides = change.slidesID { transcript.slidesID = slides }
            for (speaker, name) in change.speakers { transcript.speakers[speaker] = name.isEmpty ? nil : name }
            for edit in change.segments {
                guard let place = segments.firstIndex(where: { $0.id == edit.id }) else { throw TranscriptsFailure.noSegment }
                if let text = edit.text {
                    segments[place].text = text
                    segments[place].words = Self.words(of: text, like: segments[place])
                    segments[place].confidence = nil
                }
                if let speaker = edit.speaker { segments[place].speaker = speaker }
                try await store.update(segments[place], user: user, in: transaction)
            }
        }
    }

    /// Parts a segment before one of its words.
    package func split(_ segment: TranscriptSegmentID, before word: Int, of id: TranscriptID, user: UserID) async throws -> (
        transcript: Transcript, segments: [TranscriptSegment]
    ) {
        try await edit(id, user: user) { _, segments, transaction in
            guard let place = segments.firstIndex(where: { $0.id == segment }) else { throw TranscriptsFailure.noSegment }
            var first = segments[place]
            guard word > 0, word < first.words.count else { throw TranscriptsFailure.noSuchWord }
            let rest = Array(first.words[word...])
            first.words = Array(first.words[..<word])
            let second = TranscriptSegment(
                id: ambient.newID(), start: rest[0].start, end: first.end, text: rest.map(\.text).joined(separator: " "),
                confidence: first.confidence,
                speaker: first.speaker, words: rest)
            first.text = first.words.map(\.text).joined(separator: " ")
            first.end = max(first.start, min(first.words[word - 1].end, second.start))
            try await store.update(first, user: user, in: transaction)
            try await store.insert([second], of: id, user: user, in: transaction)
            segments.replaceSubrange(place...place, with: [first, second])
        }
    }

    /// Makes one segment of several that follow each other.
    package func join(_ ids: [TranscriptSegmentID], of id: TranscriptID, user: UserID) async throws -> (
        transcript: Transcript, segments: [TranscriptSegment]
    ) {
        try await edit(id, user: user) { _, segments, transaction in
            let places = segments.indices.filter { ids.contains(segments[$0].id) }
            guard places.count == Set(ids).count, let first = places.first, let last = places.last else {
                throw TranscriptsFailure.noSegment
            }
            guard last - first == places.count - 1, places.count > 1 else { throw TranscriptsFailure.notNeighbours }
            let parts = segments[first...last]
            var joined = segments[first]
            joined.end = segments[last].end
            joined.text = parts.map(\.text).joined(separator: " ")
            joined.words = parts.flatMap(\.words)
            joined.confidence = Self.confidence(of: Array(parts))
            try await store.delete(parts.dropFirst().map(\.id), user: user, in: transaction)
            try await store.update(joined, user: user, in: transaction)
            segments.replaceSubrange(first...last, with: [joined])
        }
    }

    private func edit(
        _ id: TranscriptID, user: UserID,
        _ body: @Sendable (inout Transcript, inout [TranscriptSegment], any Transaction) async throws -> Void
    ) async throws -> (transcript: Transcript, segments: [TranscriptSegment]) {
        try await database.transaction(as: .user(user)) { transaction in
            var transcript = try await find(id, user: user, locking: true, in: transaction)
            guard ![.recording, .joining, .pending, .processing].contains(transcript.state) else {
                throw TranscriptsFailure.underWay
            }
            var segments = try await store.segments(of: id, user: user, in: transaction)
            try await body(&transcript, &segments, transaction)
            transcript.updatedAt = ambient.now()
            try await store.update(transcript, in: transaction)
            try await events.append(TranscriptEvents.updated, transcript, in: transaction)
            return (transcript, segments)
        }
    }

    /// The words of a text that was corrected: those that stayed keep their times, the others share what is between them.
    static func words(of text: String, like segment: TranscriptSegment) -> [TranscriptSegment.Word] {
        let new = text.split(whereSeparator: \.isWhitespace).map(String.init)
        let old = segment.words
        var head = 0
        while head < min(new.count, old.count), new[head] == old[head].text { head += 1 }
        var tail = 0
        while tail < min(new.count, old.count) - head, new[new.count - 1 - tail] == old[old.count - 1 - tail].text { tail += 1 }
        let start =
            head < old.count ? (head == 0 ? old.first?.start ?? segment.start : old[head].start) : old.last?.end ?? segment.start
        let end = tail > 0 ? old[old.count - tail].start : segment.end
        let middle = Array(new[head..<new.count - tail])
        let weights = middle.map { Double($0.count) + 1.5 }
        let (sum, span) = (weights.reduce(0, +), Double(max(0, end - start)))
        var (done, made) = (0.0, Array(old.prefix(head)))
        for (word, weight) in zip(middle, weights) {
            let from = start + Int(span * done / sum)
            done += weight
            made.append(.init(text: word, start: from, end: max(from, start + Int(span * done / sum))))
        }
        return made + old.suffix(tail)
    }
}
