package import Ambient
import BlobStorage
import Database
package import Passages

extension LibraryService {
    /// The figures of a document, in reading order.
    package func figures(_ id: DocumentID, user: UserID) async throws -> [Figure] {
        try await reading(id, user: user) { opened, transaction in
            var figures = Figure.all(in: try await texts.pagesWithBlocks(of: id, in: transaction))
            for index in figures.indices { figures[index].isDrawn = opened.document.format == .pdf }
            return figures
        }
    }

    /// The picture of a figure, from 1, and whose document it is of.
    ///
    /// - Throws: `LibraryFailure.noPicture` if there is no such figure, or nobody knows where it is.
    package func picture(ofFigure number: Int, of id: DocumentID, user: UserID) async throws
        -> (picture: DocumentPictures.Picture, owner: UserID)
    {
        let document = try await document(id, user: user)
        guard let pictures, let figure = try await figures(id, user: user).first(where: { $0.number == number }), figure.hasPicture
        else { throw LibraryFailure.noPicture }
        let picture = try await blobs.withLocalFile(document.sha256) { path in
            if let name = figure.picture { return try await pictures.picture(name, inFileAt: path) }
            return try await pictures.stretch(figure.box ?? [], ofPage: figure.page, ofPDFAt: path)
        }
        guard let picture else { throw LibraryFailure.lostFile }
        return (picture, document.userID)
    }

    /// A page of a document that is a picture of a kind which browsers do not show, from 1.
    package func picture(ofPage number: Int, of id: DocumentID, user: UserID) async throws
        -> (picture: DocumentPictures.Picture, owner: UserID)
    {
        let document = try await document(id, user: user)
        guard let pictures, document.format == .tiff, (1...max(1, document.pageCount ?? 1)).contains(number) else {
            throw LibraryFailure.noPicture
        }
        let picture = try await blobs.withLocalFile(document.sha256) { try await pictures.page(number, ofTIFFAt: $0) }
        guard let picture else { throw LibraryFailure.lostFile }
        return (picture, document.userID)
    }
}
