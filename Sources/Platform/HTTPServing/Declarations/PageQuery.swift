/// Which page of a list: `?page=2&limit=50`.
package struct PageQuery: APIType, Hashable {
    /// From 1.
    package var page: Int
    /// Items a page, at most 100.
    package var limit: Int

    package init(page: Int = 1, limit: Int = 20) {
        self.page = page
        self.limit = limit
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        page = try container.decodeIfPresent(Int.self, forKey: .page) ?? 1
        limit = try container.decodeIfPresent(Int.self, forKey: .limit) ?? 20
    }

    package enum CodingKeys: String, CodingKey { case page, limit }

    package static var constraints: [Constraint<PageQuery>] {
        [
            .range(\.page, "page", 1...1_000_000), .range(\.limit, "limit", 1...100),
            .describe("page", "Which page, counted from 1."), .describe("limit", "Items a page."),
        ]
    }

    /// How many items come before this page.
    package var offset: Int { (page - 1) * limit }
}
