import HTTPMessages
import HTTPServing

/// One request and its response on a connection.
struct Exchange {
    /// Counts up on the connection; who holds an old one is turned away.
    let number: UInt64
    let method: HTTPMethod
    let minorVersion: Int
    let body: RequestBodyPipe?
    /// The task that answers. The connection cancels it when the client goes away; the loop counts it until it ends.
    var handler: Task<Void, Never>?
    var keepsAlive: Bool
    /// The client waits for `100 Continue` before it sends the body.
    var awaitsContinue: Bool
    /// The last byte of the request is in.
    var requestIsComplete = false
    /// The body came out as broken, too large or too slow; nothing more of it is read.
    var bodyFailed = false
    var responseBegan = false
    /// The last byte of the response is in the output queue.
    var responseIsComplete = false
    var isChunked = false
    var isEventStream = false
    /// What a stream wrote last ended an event, so a comment may follow.
    var isBetweenEvents = false
}
