import Concurrency
import HTTPMessages
import HTTPServing

/// REPORT: events by what they are (RFC 4791, 7.8), by their addresses (7.9), or by what is new (RFC 6578).
extension DAVRoutes {
    /// Addresses in one request.
    private static let most = 20_000

    func report(_ call: Call, _ visitor: Visitor) async throws -> HTTPResponse {
        guard try place(call) == .calendar else {
            return Self.xml(DAVText.error(.d("supported-report"), "Only the calendar reports."), status: 403)
        }
        guard let root = XMLReader.read(try await call.request.body.collect(upTo: Self.bodyLimit)) else {
            return Self.xml(DAVText.error(nil, "The body is no report."), status: 400)
        }
        let wanted = root.first("prop").map { $0.children.map(DAVName.init) } ?? [.d("getetag")]
        switch DAVName(root) {
        case .c("calendar-query"):
            guard let filter = root.first("filter"), let query = CalendarQuery(filter) else {
                return Self.xml(DAVText.error(.c("valid-filter"), "The filter cannot be read."), status: 403)
            }
            let all = try await collection.all(of: visitor.id).resources
            let found = await BlockingPool.shared.run { all.filter(query.matches) }
            return await multistatus(of: found, wanted: wanted)
        case .c("calendar-multiget"):
            let hrefs = root.all("href").map { $0.text.filter { !$0.isWhitespace } }
            guard hrefs.count <= Self.most else {
                return Self.xml(DAVText.error(.d("number-of-matches-within-limits"), "Too many addresses."), status: 507)
            }
            let all = try await collection.all(of: visitor.id).resources
            let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
            var (found, missing): ([CalendarCollection.Resource], [String]) = ([], [])
            for href in hrefs {
                // An address may be whole, or begin with its path.
                let path = href.hasPrefix("/") ? href[...] : href.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }
                if case .event(let name)? = DAVPlace(path: String(path)), let resource = byName[name] {
                    found.append(resource)
                } else {
                    missing.append(href)
                }
            }
            return await multistatus(of: found, wanted: wanted, missing: missing)
        case .d("sync-collection"): return try await changes(root, wanted, visitor)
        default: return Self.xml(DAVText.error(.d("supported-report"), "This report is not known here."), status: 403)
        }
    }

    private func changes(_ root: XMLElement, _ wanted: [DAVName], _ visitor: Visitor) async throws -> HTTPResponse {
        let token = root.first("sync-token")?.text.filter { !$0.isWhitespace } ?? ""
        guard !token.isEmpty else {
            let (all, revision) = try await collection.all(of: visitor.id)
            return await multistatus(of: all, wanted: wanted, token: Self.tokenPrefix + String(revision))
        }
        let number = token.hasPrefix(Self.tokenPrefix) ? Int(token.dropFirst(Self.tokenPrefix.count)) : nil
        guard let number, number >= 0, number <= (try await collection.revision(of: visitor.id)) else {
            return Self.xml(DAVText.error(.d("valid-sync-token"), "Ask without a token: this one is not known."), status: 403)
        }
        let (changed, gone, revision) = try await collection.changes(after: number, of: visitor.id)
        return await multistatus(
            of: changed, wanted: wanted, missing: gone.map { DAVPlace.event($0).href }, token: Self.tokenPrefix + String(revision))
    }

    private func multistatus(
        of resources: [CalendarCollection.Resource], wanted: [DAVName], missing: [String] = [], token: String? = nil
    ) async -> HTTPResponse {
        let hasData = wanted.contains(.c("calendar-data"))
        let text = await BlockingPool.shared.run { [collection] in
            var text = DAVText()
            for resource in resources {
                text.add(
                    DAVPlace.event(resource.name).href,
                    Self.properties(of: resource, data: hasData ? collection.text(of: resource) : nil), wanted: wanted)
            }
            for href in missing { text.addMissing(href) }
            if let token { text.add(syncToken: token) }
            return text
        }
        return Self.multistatus(text)
    }
}
