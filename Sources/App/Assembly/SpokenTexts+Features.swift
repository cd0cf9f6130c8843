import Ambient
import Chat
import Library
import Passages
import ReadAloud

extension SpokenTexts {
    /// What of the program's features can be read aloud: ports that need nothing made, so a process that serves speech alone reads too.
    static let ofFeatures = SpokenTexts(
        document: { id, pages, user, transaction in
            try await LibraryService.reading(DocumentID(id), pages: pages, of: user, in: transaction).map {
                Found(title: $0.title, text: $0.text, language: $0.language)
            }
        },
        message: { id, user, transaction in
            try await ChatService.reading(MessageID(id), of: user, in: transaction).map {
                Found(title: String($0.prefix(80)), text: $0, language: nil)
            }
        })
}
