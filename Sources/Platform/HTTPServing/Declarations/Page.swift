/// A list's answer: `{"data": […], "pagination": {"page", "limit", "total", "pages"}}`.
package struct Page<Item: APIType>: APIType {
    package var data: [Item]
    package var pagination: Pagination

    package init(data: [Item], page: Int, limit: Int, total: Int, next: String? = nil) {
        self.data = data
        pagination = Pagination(page: page, limit: limit, total: total, next: next)
    }

    package init(data: [Item], for query: PageQuery, total: Int, next: String? = nil) {
        self.init(data: data, page: query.page, limit: query.limit, total: total, next: next)
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
    /// Where what follows begins, for a list that can be read on from there; absent at its end. Unlike a page's number it stays right
    /// when the list changes meanwhile.
    package var next: String?

    package init(page: Int, limit: Int, total: Int, next: String? = nil) {
        self.page = page
        self.limit = limit
        self.total = total
        self.next = next
        pages = limit > 0 ? (total + limit - 1) / limit : 0
    }
}
