/// How answers are made.
package struct ChatConfiguration: Sendable {
    /// How many passages an answer is made from.
    package var passages = 8
    /// How many earlier turns a model is told of at most; its window may hold fewer.
    package var historyTurns = 12
    /// The longest that one answer may take.
    package var answerTimeout: Duration = .seconds(300)
    /// On one database with several servers: an answer whose server has said nothing for so long is taken over by another.
    package var lease: Duration = .seconds(15)
    /// What is written of one answer within this time shares a commit.
    package var pieceInterval: Duration = .milliseconds(100)
    /// How long an answer that has ended can be followed from any of its events; after that from its last one.
    package var resumeWindow: Duration = .seconds(3600)
    /// How often an answer that ends without an end is taken up again, by a crash or because the database does not take it.
    package var attempts = 5
    /// Answers that grow closer together than this are told to other processes together.
    package var growthInterval: Duration = .milliseconds(200)
    /// How often who follows an answer that another process writes looks for what no signal told of.
    package var followInterval: Duration = .seconds(5)

    package init() {}
}
