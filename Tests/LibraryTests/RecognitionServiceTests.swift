import Cryptography
import Database
import FoundationEssentials
import HTTPClient
@testable import Library
import ScriptedServing
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2)))
struct RecognitionServiceTests {
    @Test func `the region is in the address of the service`() {
        #expect(RecognitionSettings.region(of: "https://textract.eu-central-1.amazonaws.com") == "eu-central-1")
        #expect(RecognitionSettings.region(of: "http://127.0.0.1:5000") == "us-east-1")
    }

    private static let textract = """
        {"DocumentMetadata":{"Pages":1},"Blocks":[
        {"BlockType":"PAGE","Id":"p","Relationships":[{"Type":"CHILD","Ids":["l1"]}]},
        {"BlockType":"LINE","Id":"l1","Text":"Renal corpuscle","Confidence":99.1,
         "Geometry":{"BoundingBox":{"Left":0.1,"Top":0.1,"Width":0.4,"Height":0.02}},"Relationships":[{"Type":"CHILD","Ids":["w1","w2"]}]},
        {"BlockType":"WORD","Id":"w1","Text":"Renal","Confidence":98.6,"Geometry":{"BoundingBox":{"Left":0.1,"Top":0.1,"Width":0.15,"Height":0.02}}},
        {"BlockType":"WORD","Id":"w2","Text":"corpuscle","Confidence":99.4,"Geometry":{"BoundingBox":{"Left":0.27,"Top":0.1,"Width":0.23,"Height":0.02}}}]}
        """

    @Test func `Textract's words have their places`() async throws {
        let asked = Mutex<ScriptedRequest?>(nil)
        let server = try ScriptedServer { connection, request in
            asked.withLock { $0 = request }
            connection.respond(200, ["Content-Type": "application/x-amz-json-1.1"], Self.textract)
        }
        let service = TextractService(
            url: "http://127.0.0.1:\(server.port)", accessKey: "AK", secretKey: "secret", region: "eu-west-1",
            client: try HTTPClient())
        let page = try await service.read([0x89, 0x50], width: 600, height: 800)
        #expect(page.lines.map { $0.words.map(\.text) } == [["Renal", "corpuscle"]])
        #expect(page.lines.first?.words.first?.box == [60, 80, 150, 96] && page.lines.first?.words.first?.confidence == 99)
        let request = try #require(asked.withLock { $0 })
        #expect(request.headers["x-amz-target"] == "Textract.DetectDocumentText")
        let signed = try #require(request.headers["authorization"])
        #expect(signed.contains("Credential=AK/") && signed.contains("/eu-west-1/textract/aws4_request, "))
        #expect(signed.contains("SignedHeaders=content-type;host;x-amz-date;x-amz-target, "))
        // Whoever knows the secret comes to the same signature of what arrived.
        let time = try #require(request.headers["x-amz-date"])
        let again = AmazonSignature(accessKey: "AK", secretKey: "secret", region: "eu-west-1", service: "textract").authorization(
            method: "POST", path: "/",
            headers: request.headers.filter { ["content-type", "host", "x-amz-date", "x-amz-target"].contains($0.key) },
            body: request.body, time: time)
        #expect(signed == again && request.text == #"{"Document":{"Bytes":"iVA="}}"#)
    }

    @Test func `a model's text is read as paragraphs, headings and tables, and searched`() async throws {
        let server = try ScriptedServer { connection, _ in
            let text = #"# The kidney\n\nEach kidney has a million nephrons.\n\n| Part | Mass |\n|---|---|\n| Cortex | 90 g |"#
            connection.respond(
                200, ["Content-Type": "application/json"],
                #"{"choices":[{"message":{"role":"assistant","content":"\#(text)"},"finish_reason":"stop"}]}"#)
        }
        let service = VisionService(url: "http://127.0.0.1:\(server.port)/v1", model: "m", key: "k", client: try HTTPClient())
        try await LibraryStage.with(.sqlite, recognition: service) { stage in
            let document = try await stage.ready("Layouts/niere.pdf")
            #expect(document.status == .completed && document.title == "The kidney")
            #expect(document.notes.map(\.kind) == [.recognisedPages])
            let page = try #require(try await stage.service.pages(document.id, offset: 0, limit: 1, user: stage.ann).pages.first)
            #expect(page.text == "The kidney\n\nEach kidney has a million nephrons.\n\nPart | Mass\nCortex | 90 g")
            #expect(page.headings.map(\.title) == ["The kidney"] && page.blocks.map(\.kind) == [.table])
        }
    }

    @Test func `where the service fails the page is read here, and the document says so`() async throws {
        let server = try ScriptedServer { connection, _ in
            connection.respond(403, ["Content-Type": "application/x-amz-json-1.1"], #"{"__type":"InvalidSignatureException"}"#)
        }
        let service = TextractService(
            url: "http://127.0.0.1:\(server.port)", accessKey: "AK", secretKey: "wrong", region: "eu-west-1",
            client: try HTTPClient())
        try await LibraryStage.with(.sqlite, recognition: service) { stage in
            let document = try await stage.ready("Layouts/niere.pdf")
            #expect(document.status == .completed && document.notes.map(\.kind) == [.recognisedPages, .fallbackPages])
            #expect(document.notes.last?.message.contains("did not answer") == true)
        }
    }
}
