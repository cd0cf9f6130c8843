import Ambient
import Failures
import HTTPServing
import HTTPServingTesting
import Testing

@Suite struct RouterTests {
    let client = TestClient(
        Router(
            mounts: [RouteMount(["/api/v1", "/api"], [SampleRoutes()])],
            authenticator: TestAuthenticator([
                "student": Principal(userID: SampleRoutes.user, isAdministrator: false),
                "admin": Principal(userID: SampleRoutes.user, isAdministrator: true),
            ])))

    @Test(arguments: ["/api/v1", "/api"]) func `serves a collection under each prefix`(_ prefix: String) async throws {
        let answer = try await client.get("\(prefix)/cards?tags=x&tags=y&level=hard&limit=5&page=2")
        #expect(answer.status == 200)
        let page: Page<Card> = try answer.json()
        #expect(page.data.first?.tags == ["x", "y"])
        #expect(page.data.first?.level == .hard)
        #expect(page.pagination == Pagination(page: 2, limit: 5, total: 41))
        #expect(page.pagination.pages == 9)
    }
}
