import Database
import FoundationEssentials
import Glibc
import PostgresDatabase
import SQLiteDatabase
import Spacing

// How fast cards are reckoned and found.
//   cards-bench reviews COUNT               that many reviews of cards that are learned anew
//   cards-bench fit < histories             a line a card: grade,days …; parameters fitted to them
//   cards-bench due URL [CARDS]             what waits, among so many cards; an empty database: postgres://… or a path for SQLite

let usage = "usage: cards-bench reviews COUNT | fit | due URL [CARDS]"
let words = Array(CommandLine.arguments.dropFirst())

func database() -> any Database {
    guard words.count > 1 else {
        print(usage)
        exit(64)
    }
    return words[1].hasPrefix("postgres")
        ? PostgresDatabase(configuration: PostgresDatabase.Configuration(url: words[1])) : SQLiteDatabase(path: words[1])
}

switch words.first {
case "reviews": MemoryBenchmark.reviews(words.count > 1 ? Int(words[1]) ?? 1_000_000 : 1_000_000)
case "fit": MemoryBenchmark.fit()
case "due": try await DeckBenchmark(database: database()).due(cards: words.count > 2 ? Int(words[2]) ?? 100_000 : 100_000)
default:
    print(usage)
    exit(64)
}
