package import Cryptography
import FoundationEssentials
package import JSON
package import ScriptedServing
import Synchronization

/// An issuer of OpenID Connect that checks what it is asked, as the standard says, and signs what a test wants.
package final class ScriptedIssuer: Sendable {
    /// Who is signed in there.
    package struct Person: Sendable {
        package var subject = "a-1"
        package var email: String? = "ada@example.org"
        package var isVerified: Bool? = true
        package var name = "Ada"

        package init(subject: String = "a-1", email: String? = "ada@example.org", isVerified: Bool? = true, name: String = "Ada") {
            (self.subject, self.email, self.isVerified, self.name) = (subject, email, isVerified, name)
        }
    }

    package static let clientID = "little-monster"
    package static let secret = "a client's secret"
    /// Made once: it takes a while.
    package static let firstKey = Result { try RSAKey() }
    package static let secondKey = Result { try RSAKey() }

    private struct Code {
        let challenge: String
        let redirect: String
        let nonce: String
        let person: Person
    }

    private struct State {
        var url = ""
        var keyID = "first"
        var key: RSAKey?
        var codes: [String: Code] = [:]
        var change: @Sendable (inout [String: JSONValue]) -> Void = { _ in }
        var token: (@Sendable (_ honest: String, _ claims: [String: JSONValue]) -> String)?
        var description: @Sendable (inout [String: JSONValue]) -> Void = { _ in }
        var isDown = false
        var clock: @Sendable () -> Double = { Date().timeIntervalSince1970 }
    }

    private final class Book: Sendable { let state = Mutex(State()) }

    private let book: Book
    private let server: ScriptedServer

    package init(clock: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 }) throws {
        let book = Book()
        self.book = book
        let key = try Self.firstKey.get()
        server = try ScriptedServer { connection, request in
            let (status, body) = Self.answer(request, book)
            connection.respond(status, ["Content-Type": "application/json"], body)
        }
        let url = server.url
        book.state.withLock {
            $0.url = url
            $0.key = key
            $0.clock = clock
        }
    }

    package var url: String { server.url }
    package var requests: [ScriptedRequest] { server.requests }

    /// Signs with another key from now on, and publishes it alone.
    package func rotate() throws {
        let key = try Self.secondKey.get()
        book.state.withLock { ($0.key, $0.keyID) = (key, "second") }
    }

    /// What a test changes in the claims before they are signed.
    package func sign(_ change: @escaping @Sendable (inout [String: JSONValue]) -> Void) {
        book.state.withLock { $0.change = change }
    }

    /// What it answers in place of the honest token.
    package func forge(_ token: @escaping @Sendable (_ honest: String, _ claims: [String: JSONValue]) -> String) {
        book.state.withLock { $0.token = token }
    }

    package func describe(_ change: @escaping @Sendable (inout [String: JSONValue]) -> Void) {
        book.state.withLock { $0.description = change }
    }

    package func goDown(_ isDown: Bool = true) { book.state.withLock { $0.isDown = isDown } }

    /// The browser comes with an address and somebody says yes; what it takes back.
    package func authorize(_ address: String, as person: Person = Person()) -> [String: String] {
        let query = Self.fields(String(address.split(separator: "?", maxSplits: 1).last ?? ""))
        guard query["client_id"] == Self.clientID, query["response_type"] == "code", query["code_challenge_method"] == "S256",
            let challenge = query["code_challenge"], challenge.utf8.count == 43, let redirect = query["redirect_uri"],
            let nonce = query["nonce"], let state = query["state"], query["scope"]?.split(separator: " ").contains("openid") == true
        else { return ["error": "invalid_request"] }
        let code = book.state.withLock { book in
            let code = SecureRandom.token()
            book.codes[code] = Code(challenge: challenge, redirect: redirect, nonce: nonce, person: person)
            return code
        }
        return ["code": code, "state": state]
    }

    private static func answer(_ request: ScriptedRequest, _ book: Book) -> (Int, String) {
        book.state.withLock { state in
            if state.isDown { return (503, "{}") }
            switch request.target.split(separator: "?").first.map(String.init) {
            case "/.well-known/openid-configuration":
                var fields: [String: JSONValue] = [
                    "issuer": .string(state.url), "authorization_endpoint": .string(state.url + "/authorize"),
                    "token_endpoint": .string(state.url + "/token"), "jwks_uri": .string(state.url + "/keys"),
                    "userinfo_endpoint": .string(state.url + "/userinfo"),
                ]
                state.description(&fields)
                return (200, json(fields))
            case "/keys": return (200, keys(state))
            case "/token": return token(request, &state)
            case "/userinfo":
                guard request.headers["authorization"] == "Bearer an-access-token" else { return (401, "{}") }
                return (200, #"{"sub": "a-1", "email": "ada@example.org", "email_verified": true, "name": "Ada"}"#)
            default: return (404, "{}")
            }
        }
    }

    private static func keys(_ state: State) -> String {
        guard case .rsa(let modulus, let exponent)? = state.key?.publicKey else { return "{}" }
        return """
            {"keys": [{"kty": "oct", "kid": "\(state.keyID)", "k": "c2VjcmV0"},
             {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "\(state.keyID)", "n": "\(Base64URL.encode(modulus))",
              "e": "\(Base64URL.encode(exponent))"}]}
            """
    }

    private static func token(_ request: ScriptedRequest, _ state: inout State) -> (Int, String) {
        let form = fields(request.text)
        let basic = "Basic " + Data("\(clientID):a%20client%27s%20secret".utf8).base64EncodedString()
        guard request.method == "POST", request.headers["authorization"] == basic else {
            return (401, #"{"error": "invalid_client"}"#)
        }
        guard form["grant_type"] == "authorization_code", let code = form["code"].flatMap({ state.codes.removeValue(forKey: $0) }),
            form["redirect_uri"] == code.redirect, let verifier = form["code_verifier"],
            Base64URL.encode(SHA256.hash(verifier)) == code.challenge
        else { return (400, #"{"error": "invalid_grant"}"#) }
        let now = Int(state.clock())
        var claims: [String: JSONValue] = [
            "iss": .string(state.url), "aud": .string(clientID), "sub": .string(code.person.subject), "nonce": .string(code.nonce),
            "iat": .integer(now), "exp": .integer(now + 300), "name": .string(code.person.name),
            "at_hash": .string(Base64URL.encode(SHA256.hash("an-access-token").prefix(16))),
        ]
        if let email = code.person.email { claims["email"] = .string(email) }
        if let isVerified = code.person.isVerified { claims["email_verified"] = .bool(isVerified) }
        state.change(&claims)
        guard let key = state.key, let honest = try? ForeignToken.sign(claims, with: key, id: state.keyID) else {
            return (500, "{}")
        }
        let token = state.token?(honest, claims) ?? honest
        return (200, json(["access_token": "an-access-token", "token_type": "Bearer", "id_token": .string(token)]))
    }

    private static func json(_ fields: [String: JSONValue]) -> String {
        String(decoding: (try? JSONEncoder().encode(fields)) ?? Data(), as: UTF8.self)
    }

    /// What a form or an address asks.
    package static func fields(_ text: String) -> [String: String] {
        text.split(separator: "&").reduce(into: [:]) { fields, pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { plain(String($0)) }
            if parts.count == 2 { fields[parts[0]] = parts[1] }
        }
    }

    private static func plain(_ text: String) -> String {
        var (bytes, rest) = ([UInt8](), Array(text.utf8)[...])
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest.removeFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? 32 : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
