import FoundationEssentials
import Glibc

/// What most likely keeps bubblewrap from making a sandbox here where there is no Landlock either, and how to mend it.
package enum SandboxObstacle: Sendable, Equatable {
    /// Debian's switch is off.
    case switchedOff
    /// The machine or the container allows none at all.
    case noneAllowed
    /// AppArmor lets only programs with a profile make user namespaces, as on Ubuntu.
    case appArmor
    /// The kernel makes no user namespace in a chroot, for nobody.
    case chroot
    case container
    case unknown

    package static func find() -> SandboxObstacle {
        func isSet(_ path: String, _ value: String) -> Bool {
            guard let bytes = FileManager.default.contents(atPath: path) else { return false }
            return String(decoding: bytes, as: UTF8.self).prefix { $0 != "\n" } == value
        }
        if isSet("/proc/sys/kernel/unprivileged_userns_clone", "0") { return .switchedOff }
        if isSet("/proc/sys/user/max_user_namespaces", "0") { return .noneAllowed }
        if isSet("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1") { return .appArmor }
        // Whether we may look at the first process's root depends on its capabilities; if not, this is one of the unknown.
        var (ours, first) = (stat(), stat())
        if stat("/", &ours) == 0, stat("/proc/1/root/", &first) == 0, ours.st_ino != first.st_ino || ours.st_dev != first.st_dev {
            return .chroot
        }
        return access("/.dockerenv", F_OK) == 0 || access("/run/.containerenv", F_OK) == 0 ? .container : .unknown
    }

    package var remedy: String {
        switch self {
        case .switchedOff: "As root: sysctl kernel.unprivileged_userns_clone=1 (in /etc/sysctl.d to keep it)."
        case .noneAllowed: "As root: sysctl user.max_user_namespaces=10000 (in /etc/sysctl.d to keep it)."
        case .appArmor:
            "Give /usr/bin/bwrap an AppArmor profile that allows userns, or sysctl kernel.apparmor_restrict_unprivileged_userns=0."
        case .chroot:
            "The kernel makes no user namespaces in a chroot: run lm outside of it, or on a kernel with Landlock (Linux 5.13 or newer)."
        case .container:
            "Run on a kernel with Landlock (Linux 5.13 or newer, with landlock in /sys/kernel/security/lsm), and Docker 23 or newer, "
                + "whose profile lets it be used."
        case .unknown:
            "Run `make setup`. bubblewrap must be allowed to make user namespaces: bwrap --unshare-user --ro-bind / / true"
        }
    }
}
