package import Ambient

/// Draws pictures on request.
package protocol PictureModel: Sendable {
    /// What drew a picture, as it is stored and shown with it.
    var name: String { get }

    /// Throws `LanguageModelFailure`.
    /// - Parameter user: on whose behalf.
    func picture(of description: String, for user: UserID) async throws -> DrawnPicture
}

/// A picture as a file.
package struct DrawnPicture: Sendable, Hashable {
    package var bytes: [UInt8]
    package var form: PictureForm

    package init(bytes: [UInt8], form: PictureForm) { (self.bytes, self.form) = (bytes, form) }
}

/// What browsers show of what providers send, told by how a file begins: what a server says of it is not believed.
package enum PictureForm: String, Sendable, Hashable, CaseIterable {
    case png, jpeg, webp

    package var mediaType: String { "image/\(rawValue)" }

    package init?(of bytes: [UInt8]) {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) {
            self = .webp
        } else {
            return nil
        }
    }
}
