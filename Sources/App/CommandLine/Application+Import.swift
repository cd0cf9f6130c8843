package import Ambient
import BlobStorage
import Failures
import Glibc
import Library

/// A file that was brought in from the command line.
package struct ImportedDocument: Sendable {
    package let title: String
    package let pages: Int
    package let passages: Int
    /// The same file was there before.
    package let isDuplicate: Bool
}

extension Application {
    /// Brings a file in and waits until it is ready.
    /// - Throws: the failure that ended its reading, in words for the person.
    package func importFile(
        path: String, subject: String?, user: UserID, onProgress: @Sendable (_ stage: String, _ done: Int, _ total: Int) -> Void
    ) async throws -> ImportedDocument {
        let library = try feature(LibraryFeature.self).service
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let uploaded = try await library.upload(
            Upload(filename: name, parts: try LocalFile(path: path)), user: user,
            describe: { UploadDescription(filing: DocumentFiling(subject: subject)) })
        var current = uploaded.document
        var shown: Document.Progress?
        while current.status == .pending || current.status == .processing {
            if current.progress != shown {
                shown = current.progress
                onProgress(current.progress.stage.rawValue, current.progress.done, current.progress.total)
            }
            // The job may run in another process, whose progress only the database tells.
            try await Task.sleep(for: .milliseconds(200))
            current = try await library.document(current.id, user: user)
        }
        if let problem = current.problem { throw ImportFailure(reason: problem.message) }
        return ImportedDocument(
            title: current.title, pages: current.pageCount ?? 0, passages: current.chunkCount ?? 0,
            isDuplicate: uploaded.isDuplicate)
    }
}

/// A document could not be read.
struct ImportFailure: Failure {
    let reason: String
    var code: FailureCode { .unprocessable }
    var message: String { reason }
}
