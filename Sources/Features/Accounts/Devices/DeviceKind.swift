import Ambient

/// What a program calls itself, without its versions: the same after an update, and of two devices of one make.
enum DeviceKind {
    /// What a sign-in is known again by: the kind of device, and the country that it is in.
    static func digest(_ userAgent: String, country: String?, of user: UserID) -> String {
        let kind = userAgent.unicodeScalars.filter { !$0.properties.isWhitespace && !"0123456789._-".unicodeScalars.contains($0) }
        return AccountStore.digest("\(user)/\(country ?? "")/\(String(String.UnicodeScalarView(kind)))")
    }
}
