#pragma once
// System calls that the Glibc module map leaves out or that Swift cannot call as they are (variadic, macros).
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/types.h>

/// Names the calling thread, at most 15 bytes, for `top -H` and debuggers.
void linux_name_thread(const char *name);

/// `pipe2` with `O_CLOEXEC`.
int linux_pipe(int ends[2]);

#include <spawn.h>
/// Has the child close every descriptor from `first` up.
int linux_spawn_close_from(posix_spawn_file_actions_t *actions, int first);
