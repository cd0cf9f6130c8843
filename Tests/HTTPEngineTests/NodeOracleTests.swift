import Concurrency
import Glibc
@testable import HTTPEngine
import Testing

/// Node's parser beside ours on the same mutated requests.
///
/// What we accept, Node must accept and understand alike: a request that two servers read differently is a request that can be
/// smuggled past one of them. The other direction is free: ours is meant to refuse more.
@Suite("Parser beside Node", .timeLimit(.minutes(5)))
struct NodeOracleTests {
    /// Where `node` is on PATH.
    private static let node: String? = {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        return path.split(separator: ":").map { "\($0)/node" }.first { (name: String) in access(name, X_OK) == 0 }
    }()

    /// Where Node refuses what RFC 9112 allows, and we take.
    private enum Difference {
        static func isKnown(_ ours: ParseResult.Request, _ theirs: String) -> Bool {
            // Node answers 417 by itself to an expectation other than 100-continue; RFC 9110 section 10.1.1 lets a server ignore it.
            if theirs == "417", ours.headers.contains(where: { $0.lowercased().hasPrefix("expect: ") }) { return true }
            // RFC 9112 section 3.2 asks for Host only of HTTP/1.1 and later requests; some versions of Node ask for more.
            if theirs == "400", ours.minorVersion == 0, !ours.headers.contains(where: { $0.lowercased().hasPrefix("host: ") }) {
                return true
            }
            return false
        }
    }

    /// Reads lines of hexadecimal requests, writes for each what Node made of the first: `METHOD target bodyhex`, or a status.
    private static let script = #"""
        const http = require("node:http"), net = require("node:net"), fs = require("node:fs");
        const [input, output] = process.argv.slice(1);
        const cases = fs.readFileSync(input, "latin1").split("\n").filter((line) => line.length);
        const results = new Array(cases.length).fill("none");
        const byPort = new Map();
        const server = http.createServer({ maxHeaderSize: 65536, insecureHTTPParser: false, requireHostHeader: true }, (request, response) => {
          const index = byPort.get(request.socket.remotePort), parts = [];
          request.on("data", (part) => parts.push(part));
          request.on("end", () => {
            if (results[index] === "none") {
              results[index] = `${request.method} ${request.url} ${Buffer.concat(parts).toString("hex")}`;
            }
            response.end();
          });
          request.on("error", () => {});
        });
        server.listen(0, "127.0.0.1", async () => {
          const one = (line, index) => new Promise((done) => {
            const socket = net.connect({ port: server.address().port, host: "127.0.0.1", allowHalfOpen: true }, () => {
              byPort.set(socket.localPort, index);
              socket.write(Buffer.from(line, "hex"), () => socket.end());
            });
            let seen = "";
            socket.on("data", (part) => { seen += part.toString("latin1"); });
            socket.on("error", () => {});
            socket.on("close", () => {
              const status = /HTTP\/1\.1 ([2-5]\d\d)/.exec(seen);
              if (results[index] === "none" && status) results[index] = status[1];
              done();
            });
          });
          for (let at = 0; at < cases.length; at += 50) {
            await Promise.all(cases.slice(at, at + 50).map((line, offset) => one(line, at + offset)));
          }
          fs.writeFileSync(output, results.join("\n"));
          process.exit(0);
        });
        """#

    @Test("what is accepted here is accepted there, and read alike", .enabled(if: node != nil, "Node is not installed"))
    func acceptedAlike() async throws {
        var mutator = RequestMutator(seed: 99, corpus: Shape.accepted, mutations: 1...2)
        let mutated = (0..<2000).map { _ in mutator.next() }.filter { !$0.isEmpty }
        let cases = Shape.all.map(\.bytes) + mutated
        let answers = try await ask(cases)
        try #require(answers.count == cases.count)
        var compared = 0
        for (bytes, theirs) in zip(cases, answers) {
            guard let ours = ParseResult.whole(bytes).requests.first, ours.isComplete else { continue }
            compared += 1
            let expected = "\(ours.method) \(ours.target) \(hex(ours.body))"
            if theirs == expected || Difference.isKnown(ours, theirs) { continue }
            Issue.record("Node: \(theirs); here: \(expected); request: \(String(decoding: bytes, as: UTF8.self).debugDescription)")
        }
        #expect(compared > 300)
    }

    private func ask(_ cases: [[UInt8]]) async throws -> [String] {
        let node = try #require(NodeOracleTests.node)
        return try await TestClient.pool.run {
            var template = Array("/tmp/http-oracle-XXXXXX".utf8CString)
            try #require(mkdtemp(&template) != nil)
            let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let (input, output) = (folder + "/in", folder + "/out")
            defer {
                for path in [input, output] { unlink(path) }
                rmdir(folder)
            }
            let text = cases.map(hex).joined(separator: "\n")
            let file = try #require(fopen(input, "w"))
            fputs(text, file)
            fclose(file)

            var arguments = [node, "-e", NodeOracleTests.script, input, output].map { (text: String) in strdup(text) } + [nil]
            defer { for argument in arguments { free(argument) } }
            var child = pid_t()
            try #require(posix_spawn(&child, node, nil, nil, &arguments, environ) == 0)
            var status: Int32 = 0
            waitpid(child, &status, 0)
            try #require(status == 0)

            let answers = try #require(fopen(output, "r"))
            defer { fclose(answers) }
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while case let count = fread(&buffer, 1, buffer.count, answers), count > 0 { bytes += buffer[..<count] }
            return String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }
    }
}

private func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
