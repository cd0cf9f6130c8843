import HTTPServing

extension UserRole {
    /// What routes ask for.
    var roles: Set<Role> { Set(includes.map { Role($0.rawValue) }) }
}
