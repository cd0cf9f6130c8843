import CGeoIP
import Glibc
import Synchronization

/// Finds places by tables on this machine (Debian's `geoip-database`, or city tables beside it); nobody is asked. Without tables nothing has a place.
package final class PlaceFinder: Sendable {
    /// The library's handles. They are used by one thread at a time, and live as long as the process.
    private struct Tables {
        let cities: UnsafeMutablePointer<GeoIP>?
        let cities6: UnsafeMutablePointer<GeoIP>?
        let countries: UnsafeMutablePointer<GeoIP>?
        let countries6: UnsafeMutablePointer<GeoIP>?

        init(_ folder: String) {
            func open(_ names: String...) -> UnsafeMutablePointer<GeoIP>? {
                for name in names where access("\(folder)/\(name)", R_OK) == 0 {
                    if let table = GeoIP_open("\(folder)/\(name)", Int32(GEOIP_MMAP_CACHE.rawValue | GEOIP_SILENCE.rawValue)) {
                        GeoIP_set_charset(table, Int32(GEOIP_CHARSET_UTF8.rawValue))
                        return table
                    }
                }
                return nil
            }
            cities = open("GeoIPCity.dat", "GeoLiteCity.dat")
            cities6 = open("GeoIPCityv6.dat", "GeoLiteCityv6.dat")
            countries = open("GeoIP.dat")
            countries6 = open("GeoIPv6.dat")
        }
    }

    private let tables: Mutex<Tables>

    package init(folder: String = "/usr/share/GeoIP") { tables = Mutex(Tables(folder)) }

    /// nil for addresses of no country: private ones, and those that no table has.
    package func place(of address: String) -> Place? {
        guard let plain = NetworkAddress(address) else { return nil }
        return tables.withLock { tables in
            let isSix = plain.isSix
            if let cities = isSix ? tables.cities6 : tables.cities,
                let record = isSix ? GeoIP_record_by_addr_v6(cities, plain.text) : GeoIP_record_by_addr(cities, plain.text)
            {
                defer { GeoIPRecord_delete(record) }
                if let country = Self.country(record.pointee.country_code) {
                    let city = record.pointee.city.map { String(cString: $0) }
                    return Place(country: country, city: city.flatMap { $0.isEmpty ? nil : String($0.prefix(80)) })
                }
            }
            guard let countries = isSix ? tables.countries6 : tables.countries else { return nil }
            let code =
                isSix ? GeoIP_country_code_by_addr_v6(countries, plain.text) : GeoIP_country_code_by_addr(countries, plain.text)
            return Self.country(code).map { Place(country: $0) }
        }
    }

    /// The tables also have codes for proxies, satellites and continents.
    private static func country(_ code: UnsafePointer<CChar>?) -> String? {
        guard let text = code.map({ String(cString: $0) }), text.utf8.count == 2,
            text.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }), !["EU", "AP"].contains(text)
        else { return nil }
        return text
    }
}
