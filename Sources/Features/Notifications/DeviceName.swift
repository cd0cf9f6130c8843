/// What a person calls a program that signs in: the browser and the system, as far as its own name tells.
enum DeviceName {
    static func of(_ userAgent: String) -> String {
        let browsers = [
            ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS", "Firefox"), ("Chromium", "Chromium"),
            ("Chrome/", "Chrome"),
            ("CriOS", "Chrome"), ("Safari/", "Safari"),
        ]
        let systems = [
            ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "Mac"),
            ("CrOS", "ChromeOS"),
            ("Linux", "Linux"),
        ]
        let found = [browsers, systems].compactMap { names in names.first { userAgent.contains($0.0) }?.1 }
        return found.isEmpty ? String(userAgent.prefix { $0 != " " && $0 != "/" }.prefix(40)) : found.joined(separator: ", ")
    }
}
