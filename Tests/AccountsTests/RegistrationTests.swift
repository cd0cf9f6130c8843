import Accounts
import Ambient
import Cryptography
import Database
import Failures
import FoundationEssentials
import Testing

@Suite("Registration", .timeLimit(.minutes(3)))
struct RegistrationTests {
    @Test("The first is the administrator, the next a student", arguments: Dialect.allCases)
    func first(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            #expect(try await office.service.status() == (true, false, false))
            let first = try await office.register()
            let second = try await office.register("bob@example.org")
            #expect(first.user.role == .administrator)
            #expect(second.user.role == .student)
            #expect(first.expiresIn == 1800)
            #expect(try await office.service.status() == (true, true, false))
            #expect(try await office.events() == ["user.registered", "user.signed_in", "user.registered", "user.signed_in"])
        }
    }

    @Test("Of many who register first at once, one is the administrator", arguments: Dialect.allCases)
    func race(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let roles = try await withThrowingTaskGroup(of: UserRole.self) { group in
                for number in 0..<12 { group.addTask { try await office.register("user\(number)@example.org").user.role } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(roles.count { $0 == .administrator } == 1)
        }
    }

    @Test("With registration closed the first may, the next may not", arguments: Dialect.allCases)
    func closed(_ dialect: Dialect) async throws {
        try await withOffice(dialect, { $0.registration = .closed }) { office in
            let before = try await office.service.status()
            #expect(before == (true, false, false))
            #expect(try await office.register().user.role == .administrator)
            #expect(try await office.service.status() == (false, true, false))
            await #expect { try await office.register("bob@example.org") } throws: { FailureCode(of: $0) == .forbidden }
        }
    }

    @Test(
        "What cannot be an address gets no account, from wherever it comes",
        arguments: ["", "ada", "@b.org", "ada@", "a b@c.org", "a@b@c"])
    func implausible(email: String) async throws {
        try await withOffice { office in
            let failure = await #expect(throws: AccountsFailure.self) { _ = try await office.register(email) }
            #expect(failure?.code == .validationFailed)
            #expect(failure?.details["email"] != nil)
        }
    }

    @Test("An address is one account, however it is written", arguments: Dialect.allCases)
    func sameEmail(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let grant = try await office.register("  Ada@Example.org ")
            #expect(grant.user.email == "Ada@Example.org")
            for other in ["ada@example.org", "ADA@EXAMPLE.ORG"] {
                await #expect { try await office.register(other) } throws: { FailureCode(of: $0) == .conflict }
                #expect(try await office.service.logIn(email: other, password: Office.password).user.id == grant.user.id)
            }
        }
    }

    @Test("A failed registration leaves nothing, not even the place of the first", arguments: Dialect.allCases)
    func rollback(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            await #expect(throws: (any Error).self) {
                try await office.service.register(email: "ada@example.org", password: "short", displayName: "Ada")
            }
            let hasUsers = try await office.service.status().hasUsers
            #expect(!hasUsers)
            #expect(try await office.register().user.role == .administrator)
        }
    }

    @Test(
        "Weak passwords are refused with the reason",
        arguments: [
            ("short", "at least 10"), ("password123", "common"), ("Password2026!", "common"), ("PASSWORD12345", "common"),
            ("qwertyuiop", "common"), ("1234567890", "common"), ("0987654321", "common"), ("abcdefghij", "common"),
            ("aaaaaaaaaaaa", "common"), ("qwertyqwerty", "common"), ("123football123", "common"), ("1q2w3e4r5t", "common"),
            ("dolphin!2026", "common"), ("1234d0lphin", "common"), ("Chevelle1969", "common"), ("p@$$w0rd2026", "common"),
            ("LittleMonster7", "name of this program"), ("my little monster!", "name of this program"),
            ("ada.lovelace!", "email"), ("xx ada.lovelace@example.org", "email"),
            (String(repeating: "ab9é", count: 300), "1024 bytes"),
        ])
    func weak(password: String, reason: String) async throws {
        try await withOffice { office in
            await #expect {
                try await office.service.register(email: "ada.lovelace@example.org", password: password, displayName: "Ada")
            } throws: { error in
                let failure = error as? AccountsFailure
                return failure?.code == .validationFailed && failure?.details["password"]?.contains(reason) == true
            }
        }
    }

    @Test(
        "Passwords that are merely unusual are fine",
        arguments: [
            "violet harbour 7", "pässwörter-sind-gut", "x9!kQ2#mZp", "dolphins under ice", "aaaa bbbb cccc dddd", "🦆🦆🦆🐧🐧🐧🦉🦉🦉🐸",
        ])
    func strong(password: String) async throws {
        try await withOffice { office in
            _ = try await office.service.register(email: "ada@example.org", password: password, displayName: "Ada")
            _ = try await office.service.logIn(email: "ada@example.org", password: password)
        }
    }

    @Test("Names are trimmed; empty, long and invisible ones are refused")
    func names() async throws {
        try await withOffice { office in
            let grant = try await office.service.register(
                email: "ada@example.org", password: Office.password, displayName: "  Ada \n Lovelace ")
            #expect(grant.user.displayName == "Ada Lovelace")
            for bad in ["", "   ", String(repeating: "x", count: 81), "a\u{7}b"] {
                await #expect { try await office.service.rename(grant.user.id, to: bad) } throws: {
                    FailureCode(of: $0) == .validationFailed
                }
            }
            #expect(try await office.service.rename(grant.user.id, to: "Countess").displayName == "Countess")
            #expect(try await office.service.user(grant.user.id).displayName == "Countess")
        }
    }
}
