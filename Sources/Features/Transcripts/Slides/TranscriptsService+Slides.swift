import Ambient
import Concurrency
import Database
import FoundationEssentials

extension TranscriptsService {
    /// When which page of its slides is shown.
    func slides(of id: TranscriptID, user: UserID) async throws -> (document: UUID?, turns: [SlideAlignment.Turn]) {
        let (transcript, segments) = try await whole(id, user: user)
        guard let document = transcript.slidesID, let pages = try await shelf?.pages(of: document, user: user) else {
            return (nil, [])
        }
        let said = segments.map { (start: $0.start, text: $0.text) }
        return (document, await BlockingPool.shared.run { SlideAlignment.turns(said: said, pages: pages) })
    }
}
