package import Ambient
import Failures
import HTTPClient

extension LibraryService {
    /// Brings what an address leads to: a web page's readable text, or the file that is there.
    package func add(
        address: String, title: String?, filing: DocumentFiling, user: UserID
    ) async throws -> Uploaded {
        guard let web else {
            throw LibraryFailure(.unprocessable, "This server does not fetch web pages.")
        }
        let found = try await web.open(address)
        do {
            return try await upload(found, user: user) { UploadDescription(title: title, filing: filing) }
        } catch let failure as HTTPClientFailure {
            // It broke off in the middle.
            throw LibraryFailure.address(failure)
        }
    }
}
