import Ambient
import Library
import Notes

extension NoteLibrary {
    /// What a person has to make notes from: the port that joins two features which do not know each other's rules.
    static func of(_ library: LibraryService) -> NoteLibrary {
        NoteLibrary(
            list: { user, only in
                try await library.overview(of: user, only: only).map { document in
                    let state: NoteLibrary.State =
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
