package import HTTPServing

extension UserRole {
    /// What routes ask for.
    var roles: Set<Role> { Set(includes.map { Role($0.rawValue) }) }
}

extension UserRole {
    /// What a token of theirs may be for: looking after the installation and its people is done by a sign-in.
    package var rolesOfTokens: Set<Role> { roles.subtracting([.administrator, .moderator]) }
}
