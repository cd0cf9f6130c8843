import Ambient
import Failures
import FoundationEssentials
import HTTPMessages
package import HTTPServing

/// The calendar for programs that speak CalDAV (RFC 4791, 6578), such as Thunderbird and phones.
///
/// Addresses are the same for everybody: whoever signs in sees what is their own. Who signs in does so with each request, by the password of
/// that program.
package struct DAVRoutes: RouteCollection {
    static let root = "/dav/"
    /// A program may ask for all events of a calendar by their addresses.
    static let bodyLimit = 4 << 20

    let collection: CalendarCollection
    let passwords: AppPasswordService

    package init(collection: CalendarCollection, passwords: AppPasswordService) {
        self.collection = collection
        self.passwords = passwords
    }

    /// Not in the API's document, which knows no such methods.
    package var routes: [Route] {
        let places = ["/dav", "/dav/*path"]
        return places.flatMap { path in
            [
                route(.options, path, access: options), route(.propfind, path) { try await properties($0, $1) },
                route(.report, path) { try await report($0, $1) }, route(.get, path) { try await read($0, $1) },
                route(.put, path) { try await write($0, $1) }, route(.delete, path) { try await remove($0, $1) },
            ]
        }
            + [HTTPMethod.get, .propfind].map { method in
                Route.raw(method, "/.well-known/caldav", "Find the calendar", tag: "Planner", access: .anyone) { _ in
                    HTTPResponse(status: 301, headers: ["Location": Self.root])
                }.hidden()
            }
    }

    /// Whoever signed in, and what is asked for.
    struct Visitor: Sendable {
        var id: UserID
        var email: String
    }

    private typealias Handler = @Sendable (Call, Visitor) async throws -> HTTPResponse

    private func route(_ method: HTTPMethod, _ path: String, _ handler: @escaping Handler) -> Route {
        route(method, path) { call in
            do {
                let visitor = try await visitor(call)
                return try await call.limited(.files, by: "calendar/\(visitor.id)") { try await handler(call, visitor) }
            } catch let failure as PlannerFailure {
                return Self.xml(
                    DAVText.error(failure.details["caldav"].map { .c($0) }, failure.message), status: failure.code.status)
            } catch let failure as HTTPFailure {
                // Programs read XML, also of what is refused before the calendar is asked.
                var response = Self.xml(DAVText.error(nil, failure.message), status: failure.code.status)
                response.headers.append(contentsOf: failure.headers.fields)
                return response
            }
        }
    }

    private func route(
        _ method: HTTPMethod, _ path: String, access handler: @escaping @Sendable (Call) async throws -> HTTPResponse
    ) -> Route {
        Route.raw(
            method, path, "CalDAV", tag: "Planner", access: .anyone, bodyLimit: Self.bodyLimit, limit: .calendar, handler
        ).hidden()
    }

    private func visitor(_ call: Call) async throws -> Visitor {
        let header = call.request.headers["Authorization"] ?? ""
        if header.lowercased().hasPrefix("basic "),
            let bytes = Data(base64Encoded: String(header.dropFirst(6).filter { $0 != " " })),
            let text = String(validating: bytes, as: UTF8.self), let colon = text.firstIndex(of: ":"),
            let user = try await passwords.user(
                email: String(text[..<colon]), secret: String(text[text.index(after: colon)...]),
                userAgent: call.request.headers["User-Agent"] ?? "")
        {
            return Visitor(id: user.id, email: user.email)
        }
        throw HTTPFailure(
            .unauthenticated, "Sign in with your email address and a password that the planner made for this program.",
            headers: ["WWW-Authenticate": "Basic realm=\"Little Monster\", charset=\"UTF-8\""])
    }

    // MARK: - Files

    private func options(_ call: Call) -> HTTPResponse {
        HTTPResponse(
            status: 200, headers: ["Allow": "OPTIONS, GET, HEAD, PUT, DELETE, PROPFIND, REPORT", "DAV": "1, 3, calendar-access"])
    }

    private func read(_ call: Call, _ visitor: Visitor) async throws -> HTTPResponse {
        switch try place(call) {
        case .event(let name):
            guard let resource = try await collection.resource(name, of: visitor.id) else { throw PlannerFailure.noEvent }
            return Self.calendar(collection.text(of: resource), etag: resource.etag)
        case .calendar:
            let (resources, revision) = try await collection.all(of: visitor.id)
            return Self.calendar(await collection.text(of: resources), etag: "\"\(revision)\"")
        default: throw HTTPFailure(.methodNotAllowed, "There is nothing to read here; ask with PROPFIND.")
        }
    }

    private func write(_ call: Call, _ visitor: Visitor) async throws -> HTTPResponse {
        guard case .event(let name) = try place(call) else {
            throw HTTPFailure(.methodNotAllowed, "Only events are written, below \(DAVPlace.calendar.href).")
        }
        let body = try await call.request.body.collect(upTo: 1 << 20)
        let isNew = try await collection.put(body, as: name, if: Self.precondition(call), user: visitor.id)
        // What is kept may differ from what came, so the program has to read it: no ETag.
        return HTTPResponse(status: isNew ? 201 : 204)
    }

    private func remove(_ call: Call, _ visitor: Visitor) async throws -> HTTPResponse {
        guard case .event(let name) = try place(call) else {
            throw HTTPFailure(.forbidden, "The calendar itself cannot be deleted.")
        }
        try await collection.delete(name, if: Self.precondition(call), user: visitor.id)
        return HTTPResponse(status: 204)
    }

    // MARK: - In common

    func place(_ call: Call) throws -> DAVPlace {
        let path = call.request.target.prefix { $0 != "?" }
        guard let place = DAVPlace(path: String(path)) else { throw HTTPFailure(.notFound, "There is nothing at this address.") }
        return place
    }

    private static func precondition(_ call: Call) -> CalendarCollection.Precondition {
        .init(match: call.request.headers["If-Match"], noneMatch: call.request.headers["If-None-Match"])
    }

    static func multistatus(_ text: DAVText) -> HTTPResponse { xml(text.text, status: 207) }

    static func xml(_ text: String, status: Int) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: ["Content-Type": "application/xml; charset=utf-8", "Cache-Control": "private, no-store"],
            body: .bytes(Array(text.utf8)))
    }

    private static func calendar(_ text: String, etag: String) -> HTTPResponse {
        HTTPResponse(
            headers: [
                "Content-Type": "text/calendar; charset=utf-8", "ETag": etag, "Cache-Control": "private, no-cache",
                "Content-Security-Policy": "sandbox; default-src 'none'",
            ], body: .bytes(Array(text.utf8)))
    }
}
