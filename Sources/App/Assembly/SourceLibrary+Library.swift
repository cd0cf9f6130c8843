import Ambient
import Library
import SourceTexts

extension SourceLibrary {
    /// What a person has to make something from: the port that joins features which do not know each other's rules.
    static func of(_ library: LibraryService) -> SourceLibrary {
        SourceLibrary(
            list: { user, only in
                try await library.overview(of: user, only: only).map { document in
                    let state: SourceLibrary.State =
                        switch document.status {
                        case .completed: .ready
                        case .failed, .cancelled: .failed
                        case .pending, .processing: .preparing
                        }
                    return Document(id: document.id, title: document.title, state: state)
                }
            }, inCourse: { user, course in try await library.documents(in: course, of: user) })
    }
}
