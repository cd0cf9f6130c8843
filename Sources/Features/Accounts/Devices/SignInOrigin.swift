import Places

/// Where a request comes from, as far as it is kept: the address shortened, and its place.
struct SignInOrigin: Sendable {
    let shortened: String?
    let place: Place?

    /// - Parameter address: as the server sees it, behind a trusted proxy as that says; nil where nobody knows.
    init(_ address: String?, _ places: PlaceFinder?) {
        shortened = address.flatMap { NetworkAddress($0)?.shortened }
        place = address.flatMap { places?.place(of: $0) }
    }
}
