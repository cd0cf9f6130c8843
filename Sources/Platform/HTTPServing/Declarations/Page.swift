/// A list's answer: `{"data": […], "pagination": {"page", "limit", "total", "pages"}}`.
package struct Page<Item: APIType>: APIType {
    package var data: [Item]
    package var pagination: Pagination

    package init(data: [Item], page: Int, limit: Int, total: Int) {
        self.data = data
        pagination = Pagination(page: page, limit: limit, total: total)
    }

    package init(data: [Item], for query: PageQuery, total: Int) {
        self.init(data: data, page: query.page, limit: query.limit, total: total)
    }
}

/// Where a page stands in its list.
package struct Pagination: APIType, Hashable {
    /// Counted from 1.
    package var page: Int
    /// Items a page.
    package var limit: Int
    /// Items in the whole list.
    package var total: Int
    package var pages: Int

    package init(page: Int, limit: Int, total: Int) {
        self.page = page
        self.limit = limit
        self.total = total
        pages = limit > 0 ? (total + limit - 1) / limit : 0
    }
}
