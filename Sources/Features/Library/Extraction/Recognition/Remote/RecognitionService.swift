/// Reads the words of a page's picture on another server.
package protocol RecognitionService: Sendable {
    /// For the log and for people: `Amazon Textract`.
    var name: String { get }

    /// - Parameters:
    ///   - picture: PNG or JPEG.
    ///   - width: of the page, in points.
    ///   - height: likewise.
    /// - Throws: `HTTPClientFailure` or `RecognitionServiceFailure` where there is no reading to be had; `CancellationError`.
    func read(_ picture: [UInt8], width: Double, height: Double) async throws -> RecognisedPage
}

/// An answer of a recognition service that is none.
struct RecognitionServiceFailure: Error, CustomStringConvertible {
    let service: String
    /// What it said, in its words, cut short.
    let reason: String

    var description: String { "\(service): \(reason)" }
}
