#pragma once
// System calls that the Glibc module map leaves out or that Swift cannot call as they are (variadic, macros).
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/types.h>

/// Names the calling thread, at most 15 bytes, for `top -H` and debuggers.
void linux_name_thread(const char *name);

/// Keeps this process's memory out of core dumps, also of those that a program takes by a pipe, and from debuggers of the same user. What it
/// starts is as any other. Returns 0, or -errno.
int linux_keep_memory_private(void);

/// `pipe2` with `O_CLOEXEC`.
int linux_pipe(int ends[2]);

/// Locks on one byte of a file that belong to the open file and not to the process (`F_OFD_SETLK`, fcntl(2)): they end with it, however
/// its holder dies, and two open files of one process see each other's.
typedef enum { LINUX_LOCK_NONE, LINUX_LOCK_SHARED, LINUX_LOCK_EXCLUSIVE } linux_lock;

/// Takes, changes or gives up the lock; waits for it, or fails at once with -EAGAIN. Returns 0, or -errno (-EINVAL where the system has
/// no such locks).
int linux_lock_byte(int descriptor, off_t at, linux_lock lock, int wait);

/// The same for all bytes of a file, from its start and however long it becomes.
int linux_lock_file(int descriptor, linux_lock lock, int wait);

/// Whether another open file holds a lock that excludes this one: 1, 0, or -errno.
int linux_byte_is_locked(int descriptor, off_t at, linux_lock lock);

/// Has the child close every descriptor from `first` up.
int linux_spawn_close_from(posix_spawn_file_actions_t *actions, int first);

/// Room for a numeric IPv4 or IPv6 address and its NUL.
#define LINUX_ADDRESS_LENGTH 46

/// Accepts one connection: non-blocking, close-on-exec, TCP_NODELAY. Writes the peer's numeric address, an IPv4 peer of an IPv6
/// listener as IPv4. Returns the descriptor, or -errno.
int linux_accept(int listener, char address[LINUX_ADDRESS_LENGTH]);

/// `send` without SIGPIPE; `more` holds the last segment back until what follows. Returns the count, or -errno.
ssize_t linux_send(int descriptor, const void *bytes, size_t count, int more);

/// Closes at once with a reset, so that the peer sees an error and not an end.
void linux_reset(int descriptor);

/// The kernel's Landlock ABI; 0 if it has none, or whoever runs us does not let us use it.
int linux_landlock_version(void);

/// The seccomp program for a process that parses untrusted bytes, as the array of `struct sock_filter` that the kernel and bubblewrap's
/// `--seccomp` take, and its length in bytes. Static memory.
const void *linux_parser_filter(size_t *length);

/// Copies a file's bytes to a new one that `user` alone, and its group's number alike, may read. Shares the blocks where the file
/// system can. Returns 0, or -errno; then there is no new file.
int linux_copy_file(const char *from, const char *to, uid_t user);
