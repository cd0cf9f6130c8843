@testable import Chat
import HTTPServing
import LanguageModels
import Testing

struct ChatDocumentTests {
    @Test("Every route of the chat can be described in the API's document")
    func document() throws {
        let known = ChatDocuments(list: { _, _ in [] }, inCourse: { _, _ in [] })
        let database = UnusedDatabase()
        let service = GenerationService(
            database: database, search: FixedSearch(found: []), documents: known, model: ScriptedModel.saying(""))
        let routes = ChatRoutes(chat: ChatService(database: database, generation: service, documents: known))
        let document = OpenAPIDocument(title: "t", version: "1", mounts: [RouteMount([""], [routes])])
        #expect(document.problems.isEmpty, "\(document.problems)")
        for name in [
            "ConversationChange", "NewConversation", "ChatMessage", "Citation", "document_ids", "course_id", "text/event-stream",
        ] {
            #expect(document.json.contains(name), "\(name)")
        }
    }
}
