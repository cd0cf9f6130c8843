import Database
import FoundationEssentials
import Glibc
import PostgresDatabase
import SQLiteDatabase

// What grows with an installation: words of a million passages, vectors of a thousand people, a hundred thousand jobs that wait.
//   growth-bench keywords|claims|deletion URL [COUNT]    an empty database: postgres://… or a path for SQLite
//   growth-bench vectors URL [USERS [PASSAGES [MB]]]
//   growth-bench words MODEL < texts.json                what a search by words finds in given texts
//   growth-bench memory [USERS [PASSAGES [MB]]]          the same without a database behind it

let usage = "usage: growth-bench keywords|claims|deletion|vectors URL [COUNT…] | words MODEL | memory [USERS [PASSAGES [MB]]]"
let words = Array(CommandLine.arguments.dropFirst())

func number(_ index: Int, _ usual: Int) -> Int { words.count > index ? Int(words[index]) ?? usual : usual }

func database(statementTimeout: Duration = .seconds(60)) -> any Database {
    guard words.count > 1 else {
        print(usage)
        exit(64)
    }
    if !words[1].hasPrefix("postgres") { return SQLiteDatabase(path: words[1]) }
    var configuration = PostgresDatabase.Configuration(url: words[1])
    configuration.statementTimeout = statementTimeout
    return PostgresDatabase(configuration: configuration)
}

switch words.first {
case "keywords": try await KeywordGrowth(database: database(), passages: number(2, 1_000_000)).run()
case "claims": try await ClaimGrowth(database: database(), waiting: number(2, 100_000)).run()
case "vectors":
    try await VectorGrowth(users: number(2, 100), passages: number(3, 5000), megabytes: number(4, 51)).run(on: database())
case "deletion": try await DeletionGrowth(database: database(statementTimeout: .seconds(1))).run()
case "words": try await WordRanks().run(model: words.count > 1 ? words[1] : ".models/all-MiniLM-L6-v2")
case "memory": try await VectorGrowth(users: number(1, 1000), passages: number(2, 5000), megabytes: number(3, 512)).run()
default:
    print(usage)
    exit(64)
}
