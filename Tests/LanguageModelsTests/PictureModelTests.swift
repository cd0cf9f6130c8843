import Ambient
import FoundationEssentials
import HTTPClient
import JSON
import LanguageModels
import ScriptedServing
import Testing

@Suite(.timeLimit(.minutes(3)))
struct PictureModelTests {
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]
    private let user = UserID(UUID())

    private func model(_ server: ScriptedServer, _ name: String = "sd", client: HTTPClient? = nil) throws -> OpenAIPictures {
        OpenAIPictures(
            url: server.url + "/v1/", key: APIKey("sk-test"), model: name, client: try client ?? TextModelConformanceTests.client())
    }

    @Test func `a picture is asked for in the common form, and taken for what it is`() async throws {
        let server = try ScriptedServer { connection, _ in
            connection.respond(200, [:], #"{"created":1,"data":[{"b64_json":"\#(Data(Self.png).base64EncodedString())"}]}"#)
        }
        let picture = try await model(server).picture(of: "A leaf", for: user)
        #expect(picture == DrawnPicture(bytes: Self.png, form: .png))
        let request = try #require(server.requests.first)
        #expect(request.method == "POST" && request.target == "/v1/images/generations")
        #expect(request.headers["authorization"] == "Bearer sk-test")
        let body = try JSONDecoder().decode(JSONValue.self, from: Data(request.body))
        #expect(body == ["model": "sd", "n": 1, "prompt": "A leaf", "response_format": "b64_json", "size": "1024x1024"])
        // OpenAI's newer models refuse to be asked for the form that they always have.
        _ = try await model(server, "gpt-image-1").picture(of: "A leaf", for: user)
        #expect(try JSONDecoder().decode(JSONValue.self, from: Data(server.requests[1].body))["response_format"] == nil)
    }

    @Test(arguments: [
        #"{"data":[]}"#, "no JSON", #"{"data":[{"url":"http://169.254.169.254/"}]}"#,
        #"{"data":[{"b64_json":"PHN2Zz48L3N2Zz4="}]}"#,
        #"{"data":[{"b64_json":"%%%"}]}"#,
    ]) func `what is no picture is refused`(_ body: String) async throws {
        let server = try ScriptedServer { connection, _ in connection.respond(200, [:], body) }
        await #expect { try await model(server).picture(of: "x", for: user) } throws: {
            ($0 as? LanguageModelFailure)?.kind == .broken
        }
    }

    @Test func `a server that keeps failing is left alone`() async throws {
        let server = try ScriptedServer { connection, _ in connection.respond(500, [:], #"{"error":{"message":"no"}}"#) }
        let painter = try model(server)
        var failures = 0
        for _ in 0..<40 {
            do { _ = try await painter.picture(of: "x", for: user) } catch { failures += 1 }
        }
        #expect(failures == 40 && server.requests.count < 40)
    }
}
