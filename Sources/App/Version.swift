/// The product's version; `CHANGELOG.md` says what is in it.
package enum Version {
    package static let number = "0.1.0"
}
