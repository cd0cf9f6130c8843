import Ambient
import Failures
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import JSON
import Telemetry
import Testing

@Suite struct OpenAPITests {
    struct Tree: APIType {
        var name: String
        var children: [Tree]
        var parent: String?
        var weights: [String: Double]
        var made: Date
        var limit: Int

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            name = try container.decode(String.self, forKey: .name)
            children = try container.decode([Tree].self, forKey: .children)
            parent = try container.decodeIfPresent(String.self, forKey: .parent)
            weights = try container.decode([String: Double].self, forKey: .weights)
            made = try container.decode(Date.self, forKey: .made)
            limit = try container.decodeIfPresent(Int.self, forKey: .limit) ?? 20
        }
    }

    struct Extra: RouteCollection {
        var routes: [Route] {
            [
                .get("/trees", "Trees", tag: "Trees", access: .administrator, returns: Page<Tree>.self) { _ in
                    Page(data: [], page: 1, limit: 1, total: 0)
                },
                .raw(
                    .post, "/upload", "Upload", tag: "Trees", consumes: "multipart/form-data",
                    form: [FormField("file", .file, required: true, "The file."), FormField("title", .text, "Its title.")],
                    returns: Card.self, status: 202, failures: [.unprocessable]
                ) { _ in HTTPResponse(status: 202) },
                .raw(.get, "/stream", "Events", tag: "Trees", produces: ["text/event-stream"]) { _ in HTTPResponse() },
            ]
        }
    }

    let document = OpenAPIDocument(
        title: "Sample", version: "1.2.3", mounts: [RouteMount(["/api/v1", "/api"], [SampleRoutes(), Extra()])])

    func json() throws -> JSONValue { try JSONCoding.decoder.decode(JSONValue.self, from: Data(document.json.utf8)) }

    func at(_ path: String...) throws -> JSONValue? {
        var value: JSONValue? = try json()
        for name in path { value = value?[name] }
        return value
    }

    @Test func `is a whole document of version 3_1 without problems`() throws {
        #expect(document.problems.isEmpty)
        #expect(try at("openapi") == "3.1.0")
        #expect(try at("info", "title") == "Sample")
        #expect(try at("paths", "/api/v1/cards/{id}", "get", "operationId") == "getCardsById")
        #expect(try at("paths", "/api/cards") == nil)
    }

    @Test func `a schema has the keys that the type reads`() throws {
        #expect(try at("components", "schemas", "Card", "properties", "id") == ["format": "uuid", "type": "string"])
        #expect(try at("components", "schemas", "Card", "properties", "tags", "items", "type") == "string")
        #expect(try at("components", "schemas", "Card", "properties", "level", "enum") == ["easy", "hard"])
        #expect(try at("components", "schemas", "Card", "properties", "front", "description") == "What is asked.")
        #expect(try at("components", "schemas", "Card", "required") == ["id", "front", "tags", "level"])
    }

    @Test func `a schema has the type's rules`() throws {
        #expect(try at("components", "schemas", "NewCard", "properties", "front", "minLength") == 3)
        #expect(try at("components", "schemas", "NewCard", "properties", "front", "maxLength") == 20)
        // What a request may leave out may be null in it.
        #expect(
            try at("components", "schemas", "NewCard", "properties", "email", "anyOf")
                == [["format": "email", "type": "string"], ["type": "null"]])
        #expect(try at("components", "schemas", "NewCard", "properties", "count", "maximum") == 10)
        #expect(
            try at("components", "schemas", "NewCard", "properties", "links", "items", "$ref") == "#/components/schemas/Link")
        #expect(try at("components", "schemas", "Link", "properties", "url", "format") == "uri")
    }

    @Test func `a type may hold itself`() throws {
        #expect(
            try at("components", "schemas", "Tree", "properties", "children", "items", "$ref") == "#/components/schemas/Tree")
        #expect(try at("components", "schemas", "Tree", "properties", "made", "format") == "date-time")
        #expect(try at("components", "schemas", "Tree", "properties", "weights", "additionalProperties", "type") == "number")
        #expect(try at("components", "schemas", "Tree", "properties", "limit", "default") == 20)
        #expect(try at("components", "schemas", "TreePage", "properties", "data", "items", "$ref") == "#/components/schemas/Tree")
    }

    @Test func `a query becomes parameters with defaults`() throws {
        guard case .array(let parameters)? = try at("paths", "/api/v1/cards", "get", "parameters") else {
            Issue.record("no parameters")
            return
        }
        #expect(parameters.map { $0["name"] } == ["page", "limit", "level", "tags"])
        #expect(parameters[1]["schema"]?["default"] == 20)
        #expect(parameters[1]["schema"]?["maximum"] == 100)
        #expect(parameters[1]["description"] == "Items a page.")
        #expect(parameters[2]["required"] == false)
    }

    @Test func `a form and its answer are described`() throws {
        let operation = try #require(try at("paths", "/api/v1/upload", "post"))
        let schema = operation["requestBody"]?["content"]?["multipart/form-data"]?["schema"]
        #expect(schema?["required"] == ["file"])
        #expect(schema?["properties"]?["title"]?["type"] == "string")
        #expect(operation["responses"]?["202"]?["content"]?["application/json"]?["schema"]?["$ref"] == "#/components/schemas/Card")
        #expect(operation["responses"]?["422"] != nil)
        #expect(operation["responses"]?["415"] != nil)
        #expect(operation["security"] == [["bearer": []]])
    }

    @Test func `failures are listed with the error's schema`() throws {
        let responses = try #require(try at("paths", "/api/v1/cards", "post", "responses"))
        #expect(responses["201"] != nil)
        #expect(responses["409"]?["content"]?["application/json"]?["schema"]?["$ref"] == "#/components/schemas/Error")
        #expect(responses["429"] != nil)
        #expect(responses["401"] == nil)
        #expect(try at("paths", "/api/v1/trees", "get", "responses", "403") != nil)
        #expect(try at("components", "schemas", "Error", "properties", "request_id", "type") == "string")
    }

    @Test func `its server is where the document itself is`() throws {
        #expect(try at("servers") == [["url": "."]])
    }

    @Test func `is served, with a page that has no script`() async throws {
        let client = TestClient(Router([DocumentationRoutes(document)]))
        let served = try await client.get("/openapi.json")
        #expect(served.status == 200)
        #expect(served.text == document.json)
        let page = try await client.get("/docs")
        #expect(page.headers["Content-Type"] == "text/html; charset=utf-8")
        #expect(page.text.contains("/api/v1/cards/{id}"))
        #expect(!page.text.contains("<script"))
        #expect(!page.text.contains("style="))
        #expect(try await client.get("/docs/style.css").status == 200)
    }

    @Test func `every operation has its own id`() throws {
        var ids: [JSONValue] = []
        guard case .object(let paths)? = try at("paths") else { return }
        for path in paths {
            guard case .object(let operations) = path.value else { continue }
            ids += operations.compactMap { $0.value["operationId"] }
        }
        #expect(Set(ids).count == ids.count)
        #expect(ids.count == SampleRoutes().routes.count + Extra().routes.count)
    }
}
