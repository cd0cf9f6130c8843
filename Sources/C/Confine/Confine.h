#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// What `lm-confine` was told to do, straight from its arguments.
struct plan {
    /// The newest Landlock ABI to use; 0 for none.
    int landlock;
    /// The system calls filter's descriptor; -1 for none.
    int filter;
    /// It may start threads, and no processes: then its limits on memory and time hold for all of it.
    bool alone;
    /// It has a folder to write to.
    bool writes;
    /// Where the supervisor reports; -1 to become the program without one.
    int status;
    /// The process that must still be our parent, with a supervisor.
    pid_t parent;
    /// Whom to become; -1 to stay.
    int64_t user;
    const char *folder;
    /// The words before `--`, which rules and limits are read from again when they are applied.
    char **words;
    /// The program and its arguments, ended by NULL.
    char **program;
};

/// What a path of the plan is for; `lm-confine` refuses any other word.
enum access { ACCESS_READ, ACCESS_RUN, ACCESS_DEVICE, ACCESS_WRITE };

/// Which access a word such as `--read` gives; -1 if it is another word.
int access_named(const char *word);

/// Gives up every access to files, the network, and to processes outside that the plan does not name. 0, or -1 with errno.
int wall_off(const struct plan *plan, int version);

/// The ABI to be used: the kernel's, but none newer than `most`. 0 where there is no Landlock.
int landlock_version(int most);

/// Refuses what Landlock before some ABI lets through: signals to processes that are not ours (before 6), truncating (before 3).
int fill_gaps(int version, bool writes);

/// Refuses new processes that are not threads.
int refuse_processes(void);

/// Installs a seccomp program read from a descriptor.
int install_filter(int descriptor);

/// Lowers a limit, named as prlimit names it. 0, or -1 with errno.
int lower_limit(const char *name, const char *soft, const char *hard);

/// Becomes the program within the plan's walls. Returns only if that fails, having said why.
void become(const struct plan *plan, pid_t supervisor);

/// Runs the program as a child, ends all that it started when it ends, when it is told to by SIGTERM, or when its parent dies, and
/// reports as bubblewrap does.
int supervise(const struct plan *plan);

/// Says what failed, with errno, as one line on standard error.
void complain(const char *what);
