#pragma once
// System calls that the Glibc module map leaves out or that Swift cannot call as they are (variadic, macros).
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/types.h>

/// Names the calling thread, at most 15 bytes, for `top -H` and debuggers.
void linux_name_thread(const char *name);
