/// What frames a page and is not it: menus, banners, notices on cookies, footers.
final class Boilerplate {
    private var frames: Set<ObjectIdentifier> = []

    /// Words in a class or an id that name a frame.
    private static let names = [
        "cookie", "consent", "gdpr", "navbar", "nav-bar", "navigation", "site-header", "site-footer", "breadcrumb", "sidebar",
        "newsletter",
        "subscribe", "share-", "social-", "social_", "advert", "promo-", "skip-link", "masthead", "page-header-menu", "menu-",
        "related-posts",
        "comments-area", "toolbar",
    ]

    init(in root: Node) {
        // With a heading alone it is no page with a frame, but a text.
        look(root, within: false)
    }

    func contains(_ node: Node) -> Bool { frames.contains(ObjectIdentifier(node)) }

    private func look(_ node: Node, within content: Bool) {
        for child in node.elements {
            if Self.isFrame(child, within: content) {
                frames.insert(ObjectIdentifier(child))
            } else {
                look(child, within: content || child.name == "main" || child.name == "article")
            }
        }
    }

    private static func isFrame(_ node: Node, within content: Bool) -> Bool {
        let role = node["role"]?.lowercased() ?? ""
        if node.name == "nav" || role == "navigation" || role == "search" || role == "menu" || role == "menubar" { return true }
        if role == "dialog" || role == "alertdialog" || node.name == "dialog" { return isShort(node) }
        let isBlock = ["div", "section", "aside", "ul", "header", "footer", "form", "p", "a", "table"].contains(node.name)
        guard isBlock else { return false }
        if isNamedNavigation(node) || isPointers(node) { return true }
        guard node.name != "table" else { return false }
        let label = ((node["class"] ?? "") + " " + (node["id"] ?? "")).lowercased()
        if names.contains(where: label.contains), isShort(node) || linkShare(of: node) > 0.4 { return true }
        if content { return false }
        switch node.name {
        case "header": return role == "banner" || linkShare(of: node) > 0.3 && node.deep("h1") == nil || isBanner(node)
        case "footer": return isShort(node) || linkShare(of: node) > 0.3
        case "aside": return linkShare(of: node) > 0.4
        default: return role == "banner" || role == "contentinfo" || role == "complementary" && linkShare(of: node) > 0.4
        }
    }

    /// `nav_table`, `nav-panel`, `navheader`: the ways on from a page of a manual.
    private static func isNamedNavigation(_ node: Node) -> Bool {
        let names = (node["class"] ?? "").lowercased().split(whereSeparator: \.isWhitespace)
        let isNamed = names.contains { name in
            name == "nav" || ["nav-", "nav_", "navheader", "navfooter", "navpanel", "navpath"].contains(where: name.hasPrefix)
        }
        return isNamed && isShort(node) && node.deep("a") != nil
    }

    /// Words of links alone that lead to the pages around this one, as their own marks say.
    private static func isPointers(_ node: Node) -> Bool {
        guard node.name == "p" || node.name == "div" || node.name == "table" else { return false }
        var (links, leading) = (0, 0)
        node.visit { each in
            if each.name == "a", each["href"] != nil {
                links += 1
                let words = (each["rel"] ?? "").lowercased().split(separator: " ")
                if words.contains(where: Self.directions.contains) { leading += 1 }
            }
            return links == leading
        }
        return links > 0 && links == leading && linkShare(of: node) > 0.3 && isShort(node)
    }

    private static let directions: Set<Substring> = [
        "next", "prev", "previous", "up", "start", "contents", "index", "first", "last",
    ]

    /// A site's name and no more: nothing that is a sentence, and no title.
    private static func isBanner(_ node: Node) -> Bool {
        let text = node.text.singleLine
        return node.deep("h1") == nil && text.count < 120 && !text.hasSuffix(".")
    }

    private static func isShort(_ node: Node) -> Bool { node.text.singleLine.count < 600 }

    /// How much of its text is links.
    private static func linkShare(of node: Node) -> Double {
        let whole = node.text.singleLine.count
        guard whole > 0 else { return 1 }
        return Double(node.deepAll("a").reduce(0) { $0 + $1.text.singleLine.count }) / Double(whole)
    }
}
