import Ambient
import Chat
import Library

extension ChatDocuments {
    /// What documents a person has: the port that joins two features which do not know each other's rules.
    static func of(_ library: LibraryService) -> ChatDocuments {
        ChatDocuments(
            list: { user, only in
                try await library.overview(of: user, only: only).map { document in
                    let state: ChatDocument.State =
                        switch document.status {
                        case .completed: .ready
                        case .failed, .cancelled: .failed
                        case .pending, .processing: .preparing
                        }
                    return ChatDocument(
                        id: document.id, title: document.title, pages: document.pageCount, state: state,
                        revision: document.revision)
                }
            }, inCourse: { user, course in try await library.documents(in: course, of: user) })
    }
}
