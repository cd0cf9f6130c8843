import Accounts
import Cryptography
import Database
import FoundationEssentials
import HTTPMessages
import HTTPServingTesting
import JSON
@testable import LearningPlatforms
import OpenIDTesting
import Testing

@Suite("Platforms that lie, and who lies in their name", .timeLimit(.minutes(3)))
struct HostilePlatformTests {
    private static func claim(_ name: String) -> String { ScriptedPlatform.claim(name) }

    /// One change to honest claims each, and what the browser is told.
    private static let lies: [(what: String, problem: String, change: @Sendable (inout [String: JSONValue]) -> Void)] = [
        ("another's audience", "not_believed", { $0["aud"] = "tool-2" }),
        ("several audiences without a party", "not_believed", { $0["aud"] = ["tool-1", "tool-2"] }),
        ("another party", "not_believed", { $0["azp"] = "tool-2" }),
        ("no audience", "not_believed", { $0["aud"] = nil }),
        ("another issuer", "not_believed", { $0["iss"] = "https://evil.example" }),
        ("an end that is over", "not_believed", { $0["exp"] = .integer(1_799_999_939) }),
        ("no end", "not_believed", { $0["exp"] = nil }),
        ("a beginning long ago", "not_believed", { $0["iat"] = .integer(1_799_999_339) }),
        ("a beginning to come", "not_believed", { $0["iat"] = .integer(1_800_000_061) }),
        ("another nonce", "not_believed", { $0["nonce"] = "another" }),
        ("no nonce", "not_believed", { $0["nonce"] = nil }),
        ("nobody", "not_believed", { $0["sub"] = nil }),
        ("no roles", "not_believed", { $0[claim("roles")] = nil }),
        ("no link", "not_believed", { $0[claim("resource_link")] = nil }),
        ("an older version", "message", { $0[claim("version")] = "1.1" }),
        ("another kind of message", "message", { $0[claim("message_type")] = "LtiSubmissionReviewRequest" }),
        ("no kind of message", "not_believed", { $0[claim("message_type")] = nil }),
        ("another deployment", "deployment&deployment=2%3Ab", { $0[claim("deployment_id")] = "2:b" }),
        ("no deployment", "not_believed", { $0[claim("deployment_id")] = nil }),
        ("another site's address", "target", { $0[claim("target_link_uri")] = "https://evil.example/lti/" }),
        ("no address", "target", { $0[claim("target_link_uri")] = nil }),
        (
            "a choice for a script", "not_believed",
            {
                $0[claim("message_type")] = "LtiDeepLinkingRequest"
                $0["https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"] = [
                    "deep_link_return_url": "javascript:alert(1)", "accept_types": ["ltiResourceLink"],
                ]
            }
        ),
        (
            "a choice of nothing that there is", "not_believed",
            {
                $0[claim("message_type")] = "LtiDeepLinkingRequest"
                $0["https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"] = [
                    "deep_link_return_url": "https://school.example.org/back", "accept_types": ["file"],
                ]
            }
        ),
    ]

    @Test("Each claim that is wrong or missing lets nobody in, and uses the launch up", arguments: 0..<lies.count)
    func refused(_ index: Int) async throws {
        let lie = Self.lies[index]
        try await Place.with { place async throws in
            try await place.register()
            let (where_, way) = try await place.launch(lie.change)
            #expect(where_ == "launch#problem=\(lie.problem)", "\(lie.what)")
            #expect(try await place.session(way).reason == "lost")
            // The same launch with the truth comes too late.
            let honest = try place.platform.sign(place.platform.claims(nonce: way.nonce))
            #expect(try await place.bring(honest, state: way.state) == "launch#problem=spent")
            #expect(try await place.count("learning_platform_identities") == 0)
            #expect(try await place.count("users") == 1)
        }
    }

    @Test("Neither `none`, nor a secret in place of a key, nor another's key is believed")
    func forgedSignatures() async throws {
        try await Place.with { place async throws in
            try await place.register()
            guard case .rsa(let modulus, let exponent) = try ScriptedIssuer.firstKey.get().publicKey else { return }
            let stranger = try ScriptedIssuer.secondKey.get()
            func headed(_ header: String, _ honest: String, _ sign: (String) -> [UInt8]) -> String {
                let signed = Base64URL.encode(Array(header.utf8)) + "." + honest.split(separator: ".")[1]
                return signed + "." + Base64URL.encode(sign(signed))
            }
            func hashed(_ key: [UInt8]) -> (String) -> [UInt8] { { MessageAuthentication.code(for: Array($0.utf8), key: key) } }
            let jwk = #"{"kty":"RSA","n":"\#(Base64URL.encode(modulus))","e":"\#(Base64URL.encode(exponent))"}"#
            let strange: (String) -> [UInt8] = { (try? stranger.signature(of: Array($0.utf8))) ?? [] }
            let forgeries: [(String, (String) -> [UInt8])] = [
                (#"{"alg":"none"}"#, { _ in [] }), (#"{"alg":"none","kid":"first"}"#, { _ in [] }),
                (#"{"alg":"HS256","kid":"first"}"#, hashed(modulus)), (#"{"alg":"HS256","kid":"first"}"#, hashed(Array(jwk.utf8))),
                (#"{"alg":"HS256"}"#, hashed(Array(ScriptedPlatform.clientID.utf8))),
                (#"{"alg":"RS256","kid":"first"}"#, strange), (#"{"alg":"RS256","kid":"unknown"}"#, strange),
                (#"{"alg":"RS256"}"#, strange),
                (#"{"alg":"RS256","kid":"first","jku":"https://evil.example/keys"}"#, strange),
                (#"{"alg":"RS256","kid":"first","crit":["b64"],"b64":false}"#, strange),
            ]
            for (header, sign) in forgeries {
                let way = try await place.begin()
                let honest = try place.platform.sign(place.platform.claims(nonce: way.nonce))
                #expect(
                    try await place.bring(headed(header, honest, sign), state: way.state) == "launch#problem=not_believed",
                    "\(header)")
            }
            #expect(try await place.bring("no token", state: try await place.begin().state) == "launch#problem=not_believed")
            #expect(try await place.enter().launch?.page == "/")
        }
    }

    @Test("A platform's new key is read when it comes, and its old one is believed no more")
    func rotation() async throws {
        try await Place.with { place async throws in
            try await place.register()
            #expect(try await place.enter().grant != nil)
            let old = try await place.begin()
            let stale = try place.platform.sign(place.platform.claims(nonce: old.nonce))
            try place.platform.rotate()
            place.clock.advance(10)
            #expect(try await place.enter().grant != nil)
            #expect(try await place.bring(stale, state: old.state) == "launch#problem=not_believed")
            // Tokens of unknown keys do not make us ask at each.
            let asked = place.platform.targets.count { $0 == "/keys" }
            for _ in 0..<5 {
                let way = try await place.begin()
                let forged = try ForeignToken.sign(
                    place.platform.claims(nonce: way.nonce), with: try ScriptedIssuer.firstKey.get(), id: "another")
                _ = try await place.bring(forged, state: way.state)
            }
            #expect(place.platform.targets.count { $0 == "/keys" } <= asked + 1)
        }
    }

    @Test("A launch is good once, for a while, and in the browser that began it")
    func once() async throws {
        try await Place.with { place async throws in
            try await place.register()
            let (_, way) = try await place.launch { _ in }
            // The same answer again.
            let token = try place.platform.sign(place.platform.claims(nonce: way.nonce))
            #expect(try await place.bring(token, state: way.state) == "launch#problem=spent")
            // In another browser, or in one that was told a state.
            let other = try await place.begin()
            #expect(try await place.session(way, cookie: other.cookie).reason == "lost")
            #expect(try await place.session(way, cookie: "").reason == "lost")
            // What another launch's answer says is not believed in this one.
            let crossed = try place.platform.sign(place.platform.claims(nonce: way.nonce))
            #expect(try await place.bring(crossed, state: other.state) == "launch#problem=not_believed")
            #expect(try await place.bring(token, state: "unknown") == "launch#problem=lost")
            #expect(try await place.session(way, account: .new).status == 200)
            #expect(try await place.session(way).reason == "spent")
            // One that took too long.
            let (_, late) = try await place.launch { _ in }
            place.clock.advance(601)
            #expect(try await place.session(late).reason == "lost")
            // Of states and browsers nothing is stored but digests, and what was said is sealed.
            let stored = try await place.database.read(as: .system) {
                try await $0.query("SELECT state_digest, browser_digest, told FROM learning_launches")
            }
            for row in stored {
                let texts = [
                    try row.get("state_digest", as: String.self), try row.get("browser_digest", as: String.self),
                    try row.optional("told") ?? "",
                ]
                #expect(
                    texts.allSatisfy {
                        !$0.contains(way.state) && !way.cookie.contains($0.isEmpty ? "?" : $0) && !$0.contains("ada")
                    })
            }
        }
    }

    @Test("A first word that names nobody known, or leads elsewhere, goes no further")
    func firstWord() async throws {
        try await Place.with { place async throws in
            try await place.register()
            let changes: [(String, (inout [String: String]) -> Void)] = [
                ("unknown_platform", { $0["iss"] = "https://evil.example" }), ("unknown_platform", { $0["iss"] = nil }),
                ("unknown_platform", { $0["client_id"] = "tool-2" }), ("unknown_platform", { $0["login_hint"] = nil }),
                ("target", { $0["target_link_uri"] = "https://evil.example/" }),
                ("target", { $0["target_link_uri"] = "https://study.example.org.evil.example/" }),
                ("deployment", { $0["lti_deployment_id"] = "2:b" }),
            ]
            for (problem, change) in changes {
                let answer = try await place.login(change)
                #expect(answer.status == 303 && answer.headers["Location"] == Place.address + "launch#problem=\(problem)")
            }
            #expect(try await place.count("learning_launches") == 0)
            let way = try await place.begin { $0["client_id"] = nil }
            #expect(way.asked["redirect_uri"] == Place.address + "api/v1/auth/lti-launch" && way.asked["prompt"] == "none")
            #expect(way.asked["response_mode"] == "form_post" && way.asked["response_type"] == "id_token")
            #expect(way.asked["lti_message_hint"] == "m & m" && way.asked["login_hint"] == "hint" && way.asked["scope"] == "openid")
        }
    }

    @Test("Platforms that nobody allowed on the own network are neither registered nor asked")
    func guarded() async throws {
        try await Place.with(isNamed: false) { place async throws in
            let administrator = try await place.account("administrator@example.org")
            await #expect(throws: LearningPlatformsFailure.self) {
                try await place.service.register(place.draft(), by: administrator.user.id)
            }
            // By https they are registered, and what lies behind the name is found out when it is asked.
            for host in [
                "127.0.0.1", "localhost", "10.0.0.8", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1",
            ] {
                let made = try await place.service.register(
                    place.draft {
                        $0.issuer = "https://\(host)"
                        $0.authorizationURL = "https://\(host)/a"
                        $0.tokenURL = "https://\(host)/t"
                        $0.keysURL = "https://\(host)/keys"
                    }, by: administrator.user.id)
                let token = try place.platform.sign(place.platform.claims(nonce: "n"))
                let foreign = try #require(ForeignToken(token))
                await #expect(throws: (any Error).self, "\(host)") {
                    try await place.service.platformKeys.keys(for: foreign, of: made)
                }
                await #expect(throws: (any Error).self, "\(host)") { try await place.service.tokens.token(for: ["s"], at: made) }
            }
            #expect(place.platform.targets.isEmpty)
        }
    }
}
