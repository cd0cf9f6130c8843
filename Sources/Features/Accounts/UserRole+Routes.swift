import HTTPServing

extension UserRole {
    /// What routes ask for: an administrator may do all that a student may.
    var roles: Set<Role> { self == .administrator ? [.student, .administrator] : [.student] }
}
