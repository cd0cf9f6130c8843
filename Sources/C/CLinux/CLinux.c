#define _GNU_SOURCE
#include "CLinux.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

void linux_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

int linux_keep_memory_private(void) {
    struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) < 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0) return -errno;
    return 0;
}

int linux_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

static struct flock byte_lock(off_t at, linux_lock lock) {
    short type = lock == LINUX_LOCK_NONE ? F_UNLCK : lock == LINUX_LOCK_SHARED ? F_RDLCK : F_WRLCK;
    return (struct flock){.l_type = type, .l_whence = SEEK_SET, .l_start = at, .l_len = 1};
}

int linux_lock_byte(int descriptor, off_t at, linux_lock lock, int wait) {
    struct flock byte = byte_lock(at, lock);
    return fcntl(descriptor, wait ? F_OFD_SETLKW : F_OFD_SETLK, &byte) < 0 ? -errno : 0;
}

int linux_lock_file(int descriptor, linux_lock lock, int wait) {
    struct flock all = byte_lock(0, lock);
    all.l_len = 0;
    return fcntl(descriptor, wait ? F_OFD_SETLKW : F_OFD_SETLK, &all) < 0 ? -errno : 0;
}

int linux_byte_is_locked(int descriptor, off_t at, linux_lock lock) {
    struct flock byte = byte_lock(at, lock);
    if (fcntl(descriptor, F_OFD_GETLK, &byte) < 0) return -errno;
    return byte.l_type != F_UNLCK;
}

int linux_spawn_close_from(posix_spawn_file_actions_t *actions, int first) {
  return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

int linux_accept(int listener, char address[LINUX_ADDRESS_LENGTH]) {
    struct sockaddr_storage peer;
    socklen_t length = sizeof peer;
    int descriptor = accept4(listener, (struct sockaddr *)&peer, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (descriptor < 0) return -errno;
    int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    address[0] = 0;
    if (peer.ss_family == AF_INET) {
        inet_ntop(AF_INET, &((struct sockaddr_in *)&peer)->sin_addr, address, LINUX_ADDRESS_LENGTH);
    } else if (peer.ss_family == AF_INET6) {
        const struct in6_addr *six = &((struct sockaddr_in6 *)&peer)->sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(six)) {
            inet_ntop(AF_INET, &six->s6_addr[12], address, LINUX_ADDRESS_LENGTH);
        } else {
            inet_ntop(AF_INET6, six, address, LINUX_ADDRESS_LENGTH);
        }
    }
    return descriptor;
}

ssize_t linux_send(int descriptor, const void *bytes, size_t count, int more) {
    ssize_t sent = send(descriptor, bytes, count, MSG_NOSIGNAL | (more ? MSG_MORE : 0));
    return sent < 0 ? -errno : sent;
}

void linux_reset(int descriptor) {
    struct linger now = {.l_onoff = 1, .l_linger = 0};
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close(descriptor);
}

int linux_landlock_version(void) {
    long version = syscall(__NR_landlock_create_ruleset, NULL, 0, 1U /* LANDLOCK_CREATE_RULESET_VERSION */);
    return version > 0 ? (int)version : 0;
}
