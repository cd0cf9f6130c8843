/// Where an address is, as far as tables know: never where somebody is, but near enough to tell one's own sign-ins from a stranger's.
package struct Place: Sendable, Hashable {
    /// ISO 3166-1, two letters.
    package let country: String
    package let city: String?

    package init(country: String, city: String? = nil) { (self.country, self.city) = (country, city) }
}
