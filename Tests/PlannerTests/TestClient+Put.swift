import HTTPMessages
import HTTPServingTesting

extension TestClient {
    /// Sends JSON text in the place of what is there.
    func put(_ target: String, json: String) async throws -> TestAnswer {
        try await send(.put, target, headers: ["Content-Type": "application/json"], body: Array(json.utf8))
    }
}
