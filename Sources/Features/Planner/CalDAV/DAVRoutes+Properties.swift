import FoundationEssentials
import HTTPMessages
import HTTPServing

/// PROPFIND: what a place, and what is in it, is like (RFC 4918, 9.1).
extension DAVRoutes {
    static let tokenPrefix = "urn:little-monster:sync:"

    func properties(_ call: Call, _ visitor: Visitor) async throws -> HTTPResponse {
        let place = try place(call)
        let depth = call.request.headers["Depth"] ?? "1"
        guard depth == "0" || depth == "1" else {
            return Self.xml(DAVText.error(.d("propfind-finite-depth"), "Ask with a depth of 0 or 1."), status: 403)
        }
        let body = try await call.request.body.collect(upTo: Self.bodyLimit)
        var wanted: [DAVName]?
        if !body.isEmpty {
            guard let root = XMLReader.read(body), DAVName(root) == .d("propfind") else {
                return Self.xml(DAVText.error(nil, "The body is no propfind."), status: 400)
            }
            wanted = root.first("prop").map { $0.children.map(DAVName.init) }
        }
        var text = DAVText()
        let isDeep = depth == "1"
        switch place {
        case .root, .principal, .home:
            let inside: [DAVPlace] = place == .root ? [.principal, .home] : place == .home ? [.calendar] : []
            let revision = try await collection.revision(of: visitor.id)
            for each in [place] + (isDeep ? inside : []) {
                text.add(each.href, Self.properties(of: each, visitor, revision: revision), wanted: wanted)
            }
        case .calendar:
            let (resources, revision) =
                isDeep ? try await collection.all(of: visitor.id) : ([], try await collection.revision(of: visitor.id))
            text.add(place.href, Self.properties(of: place, visitor, revision: revision), wanted: wanted)
            for resource in resources {
                text.add(DAVPlace.event(resource.name).href, Self.properties(of: resource), wanted: wanted)
            }
        case .event(let name):
            guard let resource = try await collection.resource(name, of: visitor.id) else { throw PlannerFailure.noEvent }
            text.add(place.href, Self.properties(of: resource), wanted: wanted)
        }
        return Self.multistatus(text)
    }

    private static func properties(of place: DAVPlace, _ visitor: Visitor, revision: Int) -> [DAVProperty] {
        func href(_ place: DAVPlace) -> String { "<D:href>\(place.href)</D:href>" }
        let email = DAVText.escaped(visitor.email)
        var found = [
            DAVProperty(.d("current-user-principal"), href(.principal)), DAVProperty(.d("owner"), href(.principal)),
            DAVProperty(.d("principal-collection-set"), href(.root)),
            DAVProperty(.c("calendar-home-set"), href(.home)),
            DAVProperty(
                .d("current-user-privilege-set"),
                ["read", "write", "write-content", "bind", "unbind"].map { "<D:privilege><D:\($0)/></D:privilege>" }.joined()),
        ]
        switch place {
        case .principal:
            found += [
                DAVProperty(.d("resourcetype"), "<D:collection/><D:principal/>"), DAVProperty(.d("displayname"), email),
                DAVProperty(.d("principal-URL"), href(.principal)),
                DAVProperty(.c("calendar-user-address-set"), "<D:href>mailto:\(email)</D:href>"),
            ]
        case .calendar:
            let reports: [DAVName] = [.c("calendar-query"), .c("calendar-multiget"), .d("sync-collection")]
            found += [
                DAVProperty(.d("resourcetype"), "<D:collection/><C:calendar/>"), DAVProperty(.d("displayname"), "Little Monster"),
                DAVProperty(.s("getctag"), "\"\(revision)\""), DAVProperty(.d("sync-token"), tokenPrefix + String(revision)),
                DAVProperty(.d("getetag"), "\"\(revision)\""), DAVProperty(.d("getcontenttype"), "text/calendar; charset=utf-8"),
                DAVProperty(.c("supported-calendar-component-set"), "<C:comp name=\"VEVENT\"/>"),
                DAVProperty(
                    .c("supported-calendar-data"), "<C:calendar-data content-type=\"text/calendar\" version=\"2.0\"/>"),
                DAVProperty(.c("max-resource-size"), String(1 << 20)), DAVProperty(.a("calendar-color"), "#1E6B52FF"),
                DAVProperty(
                    .d("supported-report-set"),
                    reports.map { "<D:supported-report><D:report>\($0.element())</D:report></D:supported-report>" }.joined()),
            ]
        default:
            found += [DAVProperty(.d("resourcetype"), "<D:collection/>"), DAVProperty(.d("displayname"), "Little Monster")]
        }
        return found
    }

    /// - Parameter data: the event's file, where it is asked for.
    static func properties(of resource: CalendarCollection.Resource, data: String? = nil) -> [DAVProperty] {
        var found = [
            DAVProperty(.d("resourcetype"), ""), DAVProperty(.d("getetag"), DAVText.escaped(resource.etag)),
            DAVProperty(.d("getcontenttype"), "text/calendar; charset=utf-8; component=vevent"),
            DAVProperty(.d("displayname"), DAVText.escaped(resource.event.title)),
            DAVProperty(.d("current-user-principal"), "<D:href>\(DAVPlace.principal.href)</D:href>"),
            DAVProperty(.d("getlastmodified"), HTTPDate.text(Int(resource.event.updatedAt.timeIntervalSince1970))),
        ]
        if let data { found.append(DAVProperty(.c("calendar-data"), DAVText.escaped(data))) }
        return found
    }
}
