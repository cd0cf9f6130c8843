import Failures
import FoundationEssentials
package import HTTPClient
import HTTPMessages

/// Fetches calendars from addresses of the open internet, through the guard that keeps a server from asking its own network.
package struct CalendarUpload: Sendable {
    enum Answer: Sendable {
        /// As it was the last time.
        case same
        /// - validator: what to ask with the next time.
        case calendar(ResponseBody, validator: String?)
    }

    private let client: HTTPClient

    package init(client: HTTPClient) { self.client = client }

    /// Of an address that a user gives: no private network, no proxy, few redirects.
    package static var configuration: HTTPClientConfiguration {
        HTTPClientConfiguration(
            policy: .publicInternet, timeouts: ClientTimeouts(connect: .seconds(10), total: .seconds(60), idle: .seconds(20)),
            responseLimit: CalendarFile.limit, redirects: 5, usesProxyOfEnvironment: false,
            userAgent: "Mozilla/5.0 (compatible; LittleMonster/1)")
    }

    /// `webcal://timetable.example.edu/me.ics` as the address that is asked.
    static func url(_ text: String) throws(PlannerFailure) -> String {
        var text = String(text.filter { !$0.isWhitespace })
        for (scheme, asked) in [("webcals://", "https://"), ("webcal://", "https://")] where text.lowercased().hasPrefix(scheme) {
            text = asked + text.dropFirst(scheme.count)
        }
        if !text.contains("://") { text = "https://" + text }
        guard text.utf8.count <= 2000, !host(of: text).isEmpty else {
            throw PlannerFailure.invalid("url", "must be a web address, such as https://timetable.example.edu/me.ics")
        }
        return text
    }

    /// `timetable.example.edu`
    static func host(of url: String) -> String {
        let place = url.drop { $0 != ":" }.dropFirst(3).prefix { !"/?#".contains($0) }
        return String((place.split(separator: "@").last ?? "").prefix { $0 != ":" })
    }

    /// - Parameter validator: of the last answer.
    func fetch(_ url: String, validator: String? = nil) async throws -> Answer {
        var headers: HTTPHeaders = ["Accept": "text/calendar,*/*;q=0.5"]
        if let validator {
            headers[validator.hasPrefix("\"") || validator.hasPrefix("W/") ? "If-None-Match" : "If-Modified-Since"] = validator
        }
        let response = try await Self.told { try await client.send(ClientRequest(.get, url, headers: headers)) }
        if response.status == 304, validator != nil { return .same }
        let body = try await Self.told { try response.successful() }
        return .calendar(
            body.body, validator: (body.headers["ETag"] ?? body.headers["Last-Modified"]).map { String($0.prefix(300)) })
    }

    /// Says what went wrong in words for the student.
    static func told<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let failure as HTTPClientFailure {
            let words =
                switch failure.kind {
                case .status(401), .status(403): "\(failure.host) shows this calendar only to those whom it knows."
                case .status(404), .status(410): "\(failure.host) has no calendar at this address."
                case .status(429): "\(failure.host) wants to be left alone for a while. Try again later."
                case .tooLarge: "The calendar at this address is larger than is read."
                default: failure.message
                }
            throw PlannerFailure(.unprocessable, words, details: ["url": "cannot be read"])
        }
    }
}
