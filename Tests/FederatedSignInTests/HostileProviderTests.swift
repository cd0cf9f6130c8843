import Cryptography
@testable import FederatedSignIn
import FoundationEssentials
import HTTPServingTesting
import JSON
import OpenIDTesting
import Testing

@Suite("Providers that lie, and who lies in their name", .timeLimit(.minutes(3)))
struct HostileProviderTests {
    /// A claim that is not as it must be.
    private static let claims: [(name: String, value: Int)] = [
        ("exp", -61), ("iat", 61), ("iat", -661), ("nbf", 61),
    ]

    @Test("Claims that are wrong, missing or out of date sign nobody in")
    func wrongClaims() async throws {
        try await Desk.with { desk async throws in
            let now = Int(desk.clock.now.timeIntervalSince1970)
            func refused(_ what: String) async throws {
                let answer = try await desk.signIn()
                #expect(answer.status == 502 && answer.reason == "not_believed", "\(what)")
            }
            for (name, value) in Self.claims {
                desk.issuers[0].sign { $0[name] = .integer(now + value) }
                try await refused("\(name) \(value)")
            }
            for name in ["iss", "aud", "sub", "exp", "iat", "nonce"] {
                desk.issuers[0].sign { $0[name] = nil }
                try await refused("without \(name)")
            }
            for (name, text) in [
                ("iss", "https://evil.example"), ("aud", "another-client"), ("nonce", "another"), ("sub", ""),
                ("azp", "another-client"),
                ("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"),
            ] {
                desk.issuers[0].sign { $0[name] = .string(text) }
                try await refused("\(name) \(text)")
            }
            desk.issuers[0].sign { $0["aud"] = [.string(ScriptedIssuer.clientID), "another-client"] }
            try await refused("two audiences")
            // Clocks differ a little.
            desk.issuers[0].sign { claims in
                claims["iat"] = .integer(now + 50)
                claims["exp"] = .integer(now - 50)
                claims["aud"] = [.string(ScriptedIssuer.clientID), "another-client"]
                claims["azp"] = .string(ScriptedIssuer.clientID)
            }
            #expect(try await desk.count("users") == 0)
            #expect(try await desk.signIn().status == 200)
        }
    }

    @Test("Neither `none`, nor a secret in place of a key, nor another's key signs anybody in")
    func forgedSignatures() async throws {
        try await Desk.with { desk async throws in
            let issuer = desk.issuers[0]
            guard case .rsa(let modulus, _) = try ScriptedIssuer.firstKey.get().publicKey else { return }
            let (stranger, elliptic) = (try ScriptedIssuer.secondKey.get(), try P256Key())
            @Sendable func headed(_ header: String, _ honest: String, _ sign: (String) -> [UInt8]) -> String {
                let signed = Base64URL.encode(Array(header.utf8)) + "." + honest.split(separator: ".")[1]
                return signed + "." + Base64URL.encode(sign(signed))
            }
            let forgeries: [@Sendable (String) -> String] = [
                { honest in headed(#"{"alg":"none"}"#, honest) { _ in [] } },
                { honest in headed(#"{"alg":"none","kid":"first"}"#, honest) { _ in [] } },
                { honest in
                    headed(#"{"alg":"HS256","kid":"first"}"#, honest) {
                        MessageAuthentication.code(for: Array($0.utf8), key: Array(ScriptedIssuer.secret.utf8))
                    }
                },
                { honest in
                    headed(#"{"alg":"HS256","kid":"first"}"#, honest) {
                        MessageAuthentication.code(for: Array($0.utf8), key: modulus)
                    }
                },
                { honest in
                    headed(#"{"alg":"RS256","kid":"first"}"#, honest) { (try? stranger.signature(of: Array($0.utf8))) ?? [] }
                },
                { honest in
                    headed(#"{"alg":"RS256","kid":"second"}"#, honest) { (try? stranger.signature(of: Array($0.utf8))) ?? [] }
                },
                { honest in
                    headed(#"{"alg":"ES256","kid":"first"}"#, honest) { (try? elliptic.signature(of: Array($0.utf8))) ?? [] }
                },
                // The key in the token itself.
                { honest in
                    headed(#"{"alg":"RS256","kid":"first","jwk":{"kty":"RSA"},"jku":"https://evil.example/keys"}"#, honest) {
                        (try? stranger.signature(of: Array($0.utf8))) ?? []
                    }
                },
                { honest in String(honest.dropLast(8)) + "AAAAAAAA" },
                { _ in "no token" },
            ]
            for (number, forgery) in forgeries.enumerated() {
                issuer.forge { honest, _ in forgery(honest) }
                let answer = try await desk.signIn()
                #expect(answer.status == 502 && answer.reason == "not_believed", "\(number): \(answer.text)")
            }
            #expect(try await desk.count("users") == 0)
            issuer.forge { honest, _ in honest }
            #expect(try await desk.signIn().status == 200)
        }
    }

    @Test("New keys are taken up; what the old one signs is worth nothing then")
    func oldKey() async throws {
        try await Desk.with { desk async throws in
            #expect(try await desk.signIn().status == 200)
            desk.clock.advance(31)
            try desk.issuers[0].rotate()
            #expect(try await desk.signIn().status == 200)
            let old = try ScriptedIssuer.firstKey.get()
            desk.clock.advance(31)
            desk.issuers[0].forge { _, claims in (try? ForeignToken.sign(claims, with: old, id: "first")) ?? "" }
            #expect(try await desk.signIn().reason == "not_believed")
        }
    }

    @Test("An answer is taken once: the code and the state of before sign nobody in")
    func replay() async throws {
        try await Desk.with { desk async throws in
            let way = try await desk.begin()
            let brought = desk.issuers[0].authorize(way.address)
            #expect(try await desk.complete(way, brought).status == 200)
            #expect(try await desk.complete(way, brought).reason == "spent")
            // The code with a state of another sign-in, whose nonce and verifier are others.
            let other = try await desk.begin()
            var mixed = desk.issuers[0].authorize(other.address)
            let stolen = try await desk.begin()
            mixed["code"] = desk.issuers[0].authorize(stolen.address)["code"]
            #expect(try await desk.complete(other, mixed).reason == "not_believed")
            // Many at once: one comes in.
            let race = try await desk.begin()
            let answer = desk.issuers[0].authorize(race.address)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<10 { group.addTask { try await desk.complete(race, answer).status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.count { $0 == 200 } == 1 && statuses.count { $0 == 409 } == 9)
        }
    }

    @Test("Another browser, another provider's address, a made-up state, or one that is too old is not known")
    func states() async throws {
        try await Desk.with { desk async throws in
            let way = try await desk.begin()
            let brought = desk.issuers[0].authorize(way.address)
            // Somebody is sent the attacker's answer: it signs them in as nobody (login CSRF).
            for binding in ["", "AAAA", BrowserBinding().text] {
                #expect(try await desk.complete(.init(provider: "one", address: "", binding: binding), brought).reason == "lost")
            }
            #expect(try await desk.complete(.init(provider: "two", address: "", binding: way.binding), brought).reason == "lost")
            var invented = brought
            invented["state"] = BrowserBinding().text
            #expect(try await desk.complete(way, invented).reason == "lost")
            #expect(try await desk.complete(.init(provider: "three", address: "", binding: way.binding), brought).status == 404)
            #expect(try await desk.complete(way, brought).status == 200)
            let late = try await desk.begin()
            let answer = desk.issuers[0].authorize(late.address)
            desk.clock.advance(601)
            #expect(try await desk.complete(late, answer).reason == "lost")
            _ = try await desk.begin()
            #expect(try await desk.count("sign_in_flows") == 1)
        }
    }

    @Test("One provider's answer at another's address is refused (mix-up)")
    func mixUp() async throws {
        try await Desk.with { desk async throws in
            // An honest code of the second, brought to the first: the first is not asked with the second's secrets, and the code is of no use.
            let one = try await desk.begin()
            let two = try await desk.begin("two")
            let code = desk.issuers[1].authorize(two.address)["code"]
            var brought = desk.issuers[0].authorize(one.address)
            brought["code"] = code
            #expect(try await desk.complete(one, brought).reason == "not_believed")
            // Who says that they are another (RFC 9207).
            let named = try await desk.begin()
            var answer = desk.issuers[0].authorize(named.address)
            answer["iss"] = desk.issuers[1].url
            #expect(try await desk.complete(named, answer).reason == "not_believed")
            let right = try await desk.begin()
            var honest = desk.issuers[0].authorize(right.address)
            honest["iss"] = desk.issuers[0].url
            #expect(try await desk.complete(right, honest).status == 200)
        }
        try await Desk.with { desk async throws in
            desk.issuers[0].describe { $0["authorization_response_iss_parameter_supported"] = true }
            #expect(try await desk.signIn().reason == "not_believed")
        }
    }

    @Test("Somebody says no, and the provider is down: plain answers, and nothing is changed")
    func refusals() async throws {
        try await Desk.with { desk async throws in
            for (error, reason) in [("access_denied", "denied"), ("server_error", "down"), ("invalid_scope", "not_believed")] {
                let way = try await desk.begin()
                let brought = ["error": error, "state": desk.issuers[0].authorize(way.address)["state"] ?? ""]
                #expect(try await desk.complete(way, brought).reason == reason)
                #expect(try await desk.complete(way, brought).reason == "spent")
            }
            let way = try await desk.begin()
            let brought = desk.issuers[0].authorize(way.address)
            desk.issuers[0].goDown()
            #expect(try await desk.complete(way, brought).reason == "down")
            desk.issuers[1].goDown()
            await #expect {
                _ = try await desk.begin("two")
            } throws: {
                ($0 as? Refused)?.answer.reason == "down"
            }
            #expect(try await desk.count("users") == 0)
        }
    }
}
