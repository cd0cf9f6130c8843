// Unicode's normalisation has no public door in the standard library, and Foundation's would cost the whole of it.
@_spi(_Unicode) import Swift

extension String {
    /// In composed form (Unicode's NFC): one system's keyboard types `é` as one character, another's as `e` and an accent. Texts that
    /// look alike are then alike, byte for byte.
    var composed: String {
        var scalars = String.UnicodeScalarView()
        for scalar in _nfc { scalars.append(scalar) }
        return String(scalars)
    }
}
