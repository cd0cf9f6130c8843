import Ambient
import Database
import DatabaseTesting
import FoundationEssentials
import Synchronization
import Testing

/// What the port promises, on both databases.
@Suite(.timeLimit(.minutes(3)))
struct ConformanceTests {
    @Test("Every kind of value comes back as it went in", arguments: Dialect.allCases)
    func roundTrips(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations) { database in
            let id = Fixture.newID()
            let words = "naïve — 学習 🧑‍🎓\u{301} 'quoted' \"twice\" \\ % $1 ?1\nline\ttab"
            let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let moment = Date(timeIntervalSince1970: 1_795_000_000.123456)
            try await database.transaction(as: .system) { transaction in
                try await transaction.execute(
                    """
                    INSERT INTO samples (id, whole, number, words, flag, bytes, moment, document) VALUES (\(id), \(Int64.min), \(0.1),
                    \(words), \(true), \(bytes), \(moment), \("{\"a\": \"b\", \"n\": [1, 2]}"))
                    """)
            }
            let row = try #require(
                try await database.read(as: .system) { try await $0.first("SELECT * FROM samples WHERE id = \(id)") })
            #expect(try row.get("id") == id)
            #expect(try row.get("whole") == Int64.min)
            #expect(try row.get("number") == 0.1)
            #expect(try row.get("words") == words)
            #expect(try row.get("flag") == true)
            #expect(try row.get("bytes") == bytes)
            #expect(try row.get("moment") == moment)
            #expect(try row.get("moment", as: String.self) == Timestamp.text(moment))
            #expect(try row.get("document", as: String.self).contains("\"n\""))
        }
    }

    @Test("Dates before 1970 and in the far future keep their microseconds", arguments: Dialect.allCases)
    func dates(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations) { database in
            let moments = [-1.5, -0.000001, 0, 0.1, -62_135_596_799.0, 253_402_300_799.0].map(Date.init(timeIntervalSince1970:))
            for moment in moments {
                try await database.transaction(as: .system) { transaction in
                    try await transaction.execute("INSERT INTO samples (id, moment) VALUES (\(Fixture.newID()), \(moment))")
                }
            }
            let rows = try await database.read(as: .system) { try await $0.query("SELECT moment FROM samples ORDER BY moment") }
            #expect(try rows.map { try $0.get("moment", as: Date.self) } == moments.sorted())
        }
    }

    @Test("A part of a text is found whatever the case of either, and wildcards are letters", arguments: Dialect.allCases)
    func containment(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations) { database in
            for words in ["Über ÉLASTICITÉ", "ΦΥΣΙΚΉ", "Физика", "100%", "a_b\\c", ""] {
                try await database.transaction(as: .system) {
                    try await $0.execute("INSERT INTO samples (id, words) VALUES (\(Fixture.newID()), \(words))")
                }
            }
            try await database.transaction(as: .system) {
                try await $0.execute("INSERT INTO samples (id, words) VALUES (\(Fixture.newID()), NULL)")
            }
            func found(_ part: String) async throws -> [String] {
                try await database.read(as: .system) { transaction in
                    let condition = transaction.dialect.contains(part, in: "words")
                    return try await transaction.query("SELECT words FROM samples WHERE \(condition)").map { try $0.get("words") }
                }
            }
            #expect(try await found("über é") == ["Über ÉLASTICITÉ"])
            #expect(try await found("ÜBER") == ["Über ÉLASTICITÉ"])
            #expect(try await found("φυσ") == ["ΦΥΣΙΚΉ"])
            #expect(try await found("ФИЗИКА") == ["Физика"])
            #expect(try await found("%") == ["100%"])
            #expect(try await found("A_B\\C") == ["a_b\\c"])
            #expect(try await found("").count == 6)
        }
    }

    @Test("Nulls, empty texts and empty blobs are three different things", arguments: Dialect.allCases)
    func nulls(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations) { database in
            let (empty, null) = (Fixture.newID(), Fixture.newID())
            try await database.transaction(as: .system) { transaction in
                try await transaction.execute(
                    "INSERT INTO samples (id, words, bytes) VALUES (\(empty), \(""), \([UInt8]())), (\(null), \(String?.none), NULL)"
                )
            }
            try await database.read(as: .system) { transaction in
                let first = try #require(try await transaction.first("SELECT * FROM samples WHERE id = \(empty)"))
                #expect(try first.get("words") == "")
                #expect(try first.get("bytes") == [UInt8]())
                let second = try #require(try await transaction.first("SELECT * FROM samples WHERE id = \(null)"))
                #expect(try second.optional("words", as: String.self) == nil)
                #expect(try second.optional("bytes", as: [UInt8].self) == nil)
                #expect(throws: DatabaseFailure.self) { try second.get("words", as: String.self) }
                #expect(throws: DatabaseFailure.self) { try second.get("missing", as: String.self) }
            }
        }
    }

    @Test("Extreme numbers come back", arguments: Dialect.allCases)
    func numbers(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations) { database in
            let values: [Double] = [Double.greatestFiniteMagnitude, -2.5e-300, 1e-7, 5, 123_456_789.987_654_321]
            for value in values {
                let row = try await database.transaction(as: .system) { transaction in
                    try await transaction.first(
                        """
                        INSERT INTO samples (id, number, whole) VALUES (\(Fixture.newID()), \(value), \(Int64.max))
                        RETURNING number, whole
                        """
                    )
                }
                #expect(try row?.get("number") == value)
                #expect(try row?.get("whole") == Int64.max)
            }
            let sums = try await database.read(as: .system) {
                try await $0.first(
                    """
                    SELECT count(*) AS n, sum(n) AS total, avg(n) AS mean
                    FROM (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 4) v
                    """)
            }
            #expect(try sums?.get("n") == 3)
            #expect(try sums?.get("total") == 7)
            let mean = try #require(sums).get("mean", as: Double.self)
            #expect(abs(mean - 7.0 / 3) < 1e-9)
        }
    }

    @Test("Text with U+0000 is refused, not cut", arguments: Dialect.allCases)
    func nulByte(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations) { database in
            let failure = await #expect(throws: DatabaseFailure.self) {
                try await database.transaction(as: .system) { transaction in
                    try await transaction.execute("INSERT INTO samples (id, words) VALUES (\(Fixture.newID()), \("a\0b"))")
                }
            }
            #expect(failure?.kind == .text)
        }
    }

    @Test("Lists bind, and an empty one matches nothing", arguments: Dialect.allCases)
    func lists(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations) { database in
            let ids = [Fixture.newID(), Fixture.newID(), Fixture.newID()]
            let changed = try await database.transaction(as: .system) { transaction in
                let values: SQL = ids.map { "(\($0))" }.joined(separator: ", ")
                return try await transaction.execute("INSERT INTO samples (id) VALUES \(values)")
            }
            #expect(changed == 3)
            try await database.read(as: .system) { transaction in
                let two = try await transaction.query("SELECT id FROM samples WHERE id IN \(list: [ids[0], ids[2]])")
                #expect(two.count == 2)
                let none: [Identifier<Fixture.Kind>] = []
                #expect(try await transaction.query("SELECT id FROM samples WHERE id IN \(list: none)").isEmpty)
            }
        }
    }

    @Test("A thrown error rolls everything back and runs no action", arguments: Dialect.allCases)
    func rollsBack(_ dialect: Dialect) async throws {
        struct Stop: Error {}
        try await withDatabase(dialect, migrations: Fixture.migrations) { database in
            let ran = Mutex(false)
            await #expect(throws: Stop.self) {
                try await database.transaction(as: .system) { transaction in
                    try await transaction.execute("INSERT INTO counters (name, value) VALUES ('a', 1)")
                    transaction.afterCommit { ran.withLock { $0 = true } }
                    throw Stop()
                }
            }
            #expect(ran.withLock { $0 } == false)
            let rows = try await database.read(as: .system) { try await $0.query("SELECT * FROM counters") }
            #expect(rows.isEmpty)
        }
    }

    @Test("Actions run after the commit, in the order they were given", arguments: Dialect.allCases)
    func afterCommit(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations) { database in
            let order = Mutex<[Int]>([])
            try await database.transaction(as: .system) { transaction in
                for number in 1...3 { transaction.afterCommit { order.withLock { $0.append(number) } } }
                try await transaction.execute("INSERT INTO counters (name, value) VALUES ('a', 1)")
                #expect(order.withLock { $0 }.isEmpty)
            }
            #expect(order.withLock { $0 } == [1, 2, 3])
        }
    }

    @Test("Each kind of refusal has its name", arguments: Dialect.allCases)
    func failureKinds(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations) { database in
            let id = Fixture.newID()
            func expect(_ kind: DatabaseFailure.Kind, _ sql: SQL) async throws {
                let failure = await #expect(throws: DatabaseFailure.self) {
                    try await database.transaction(as: .system) { transaction in
                        try await transaction.execute("INSERT INTO parents (id) VALUES (\(id))")
                        try await transaction.execute("INSERT INTO counters (name, value) VALUES ('a', 1)")
                        try await transaction.execute(sql)
                    }
                }
                #expect(failure?.kind == kind)
            }
            try await expect(.unique, "INSERT INTO parents (id) VALUES (\(id))")
            try await expect(.unique, "INSERT INTO counters (name, value) VALUES (\("a"), 2)")
            try await expect(.reference, "INSERT INTO children (id, parent_id) VALUES (\(id), \(Fixture.newID()))")
            try await expect(.constraint, "UPDATE counters SET value = -1")
            try await expect(.constraint, "UPDATE counters SET value = NULL")
            try await expect(.statement, "SELEKT 1")
            try await expect(.statement, "SELECT nothing FROM nowhere")
        }
    }

    @Test("A failed statement dooms its transaction, caught or not", arguments: Dialect.allCases)
    func doomed(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations) { database in
            let failure = await #expect(throws: DatabaseFailure.self) {
                try await database.transaction(as: .system) { transaction in
                    try await transaction.execute("INSERT INTO counters (name, value) VALUES ('a', 1)")
                    _ = try? await transaction.execute("INSERT INTO counters (name, value) VALUES ('a', 1)")
                }
            }
            #expect(failure?.kind == .unique)
            let rows = try await database.read(as: .system) { try await $0.query("SELECT * FROM counters") }
            #expect(rows.isEmpty)
        }
    }

    @Test("Reading does not write", arguments: Dialect.allCases)
    func readOnly(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations) { database in
            let failure = await #expect(throws: DatabaseFailure.self) {
                try await database.read(as: .system) { try await $0.execute("INSERT INTO counters (name, value) VALUES ('a', 1)") }
            }
            #expect(failure?.kind == .statement)
        }
    }

    @Test("A transaction within a transaction is refused at once", arguments: Dialect.allCases)
    func nested(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations) { database in
            await #expect(throws: DatabaseFailure.self) {
                try await database.transaction(as: .system) { _ in
                    try await database.read(as: .system) { _ = try await $0.query("SELECT 1") }
                }
            }
        }
    }

    @Test("A transaction that escapes its closure is refused", arguments: Dialect.allCases)
    func escaped(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations) { database in
            let escaped = try await database.transaction(as: .system) { $0 }
            await #expect(throws: DatabaseFailure.self) { try await escaped.query("SELECT 1") }
        }
    }

    @Test("Deleting a parent deletes its children", arguments: Dialect.allCases)
    func cascades(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations) { database in
            let id = Fixture.newID()
            let left = try await database.transaction(as: .system) { transaction in
                try await transaction.execute("INSERT INTO parents (id) VALUES (\(id))")
                try await transaction.execute("INSERT INTO children (id, parent_id) VALUES (\(Fixture.newID()), \(id))")
                #expect(try await transaction.execute("DELETE FROM parents WHERE id = \(id)") == 1)
                return try await transaction.query("SELECT id FROM children").count
            }
            #expect(left == 0)
        }
    }

    @Test("More different statements than a connection keeps prepared", arguments: Dialect.allCases)
    func manyStatements(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations, connections: 1) { database in
            for round in 0..<2 {
                for number in 0..<300 {
                    let row = try await database.read(as: .system) { transaction in
                        try await transaction.first("SELECT CAST(\(round) AS bigint) AS round, \(unsafe: "\(number)") AS number")
                    }
                    #expect(try row?.get("round") == round)
                    #expect(try row?.get("number") == number)
                }
            }
        }
    }

    @Test("A statement whose first run failed runs again", arguments: Dialect.allCases)
    func failsThenRuns(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations, connections: 1) { database in
            func insert(_ value: Int) async throws {
                try await database.transaction(as: .system) { transaction in
                    try await transaction.execute("INSERT INTO counters (name, value) VALUES (\("a"), \(value))")
                }
            }
            for _ in 0..<3 { await #expect(throws: DatabaseFailure.self) { try await insert(-1) } }
            try await insert(1)
        }
    }

    @Test("Fields of JSON are reached the same way", arguments: Dialect.allCases)
    func json(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations) { database in
            let row = try await database.transaction(as: .system) { transaction in
                try await transaction.execute(
                    "INSERT INTO samples (id, document) VALUES (\(Fixture.newID()), \("{\"stage\": \"index\", \"done\": 12}"))")
                return try await transaction.first(
                    """
                    SELECT \(transaction.dialect.jsonText("document", "stage")) AS stage,
                           \(transaction.dialect.jsonText("document", "done")) AS done,
                           \(transaction.dialect.jsonText("document", "none")) AS none FROM samples
                    """)
            }
            #expect(try row?.get("stage") == "index")
            #expect(try row?.get("done") == "12")
            #expect(try row?.optional("none", as: String.self) == nil)
        }
    }
}
