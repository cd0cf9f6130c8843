import HTTPMessages

/// `/openapi.json` and `/docs`, a page of plain HTML that needs no script.
package struct DocumentationRoutes: RouteCollection {
    private let document: OpenAPIDocument

    package init(_ document: OpenAPIDocument) { self.document = document }

    package var routes: [Route] {
        let json = Array(document.json.utf8)
        let page = Array(DocumentationPage(document.value).html.utf8)
        let style = Array(DocumentationPage.style.utf8)
        return [
            resource("/openapi.json", "The API as an OpenAPI 3.1 document", "application/json", json),
            resource("/docs", "The API for people", "text/html; charset=utf-8", page).hidden(),
            resource("/docs/style.css", "The look of /docs", "text/css; charset=utf-8", style).hidden(),
        ]
    }

    private func resource(_ path: String, _ summary: String, _ type: String, _ bytes: [UInt8]) -> Route {
        .raw(.get, path, summary, tag: "Server", access: .anyone, produces: [type], limit: .unlimited) { _ in
            HTTPResponse(headers: ["Content-Type": type, "Cache-Control": "no-cache"], body: .bytes(bytes))
        }
    }
}
