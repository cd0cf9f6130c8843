/// Which page of a list that is narrowed: both stand side by side in one query.
package struct PagedQuery<Filter: APIType>: APIType {
    package var paging: PageQuery
    package var filter: Filter

    package init(paging: PageQuery = PageQuery(), filter: Filter) {
        self.paging = paging
        self.filter = filter
    }

    package init(from decoder: any Decoder) throws {
        paging = try PageQuery(from: decoder)
        filter = try Filter(from: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
        try paging.encode(to: encoder)
        try filter.encode(to: encoder)
    }

    package static var constraints: [Constraint<Self>] { [.inlined(\.paging), .inlined(\.filter)] }
}
