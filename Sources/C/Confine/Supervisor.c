#define _GNU_SOURCE
#include "Confine.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

// Without a process namespace a program's offspring is known by its process group: the filter refuses setsid and setpgid, so nobody
// leaves it, and the kernel signals all of a group at once, even while it grows.

/// Ends the whole group, and leaves no zombie behind: orphans come to us, not to a server that may be process 1 of its container.
static void end_all(pid_t group) {
    kill(-group, SIGKILL);
    int status;
    while (waitpid(-1, &status, 0) > 0 || errno == EINTR) {}
}

static void report(int descriptor, const siginfo_t *end) {
    int code = end->si_code == CLD_EXITED ? end->si_status : 128 + end->si_status;
    dprintf(descriptor, "{ \"exit-code\": %d }\n", code);
}

int supervise(const struct plan *plan) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGCHLD);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
    if (getppid() != plan->parent) return 125;
    if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0) {
        complain("PR_SET_CHILD_SUBREAPER");
        return 125;
    }
    // Ends when the program has begun: a byte before its end says that it has not.
    int begun[2];
    if (pipe2(begun, O_CLOEXEC) != 0) {
        complain("pipe");
        return 125;
    }
    pid_t us = getpid();
    pid_t child = fork();
    if (child < 0) {
        complain("fork");
        return 125;
    }
    if (child == 0) {
        sigprocmask(SIG_UNBLOCK, &signals, NULL);
        become(plan, us);
        if (write(begun[1], "", 1) < 0) _exit(126);
        _exit(125);
    }
    // Who shares our user may not look into us; after the fork, since the child's own files in /proc would be closed to it as well.
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    // The ends of its pipes are the program's alone, or they would not end with it.
    close(STDOUT_FILENO);
    close(STDERR_FILENO);
    close(begun[1]);
    if (plan->filter >= 0) close(plan->filter);
    char byte;
    ssize_t failed;
    while ((failed = read(begun[0], &byte, 1)) < 0 && errno == EINTR) {}
    while (1) {
        siginfo_t end = {0};
        // Seen, but not yet reaped: until then the number of the group is nobody else's.
        if (waitid(P_PID, (id_t)child, &end, WEXITED | WNOHANG | WNOWAIT) == 0 && end.si_pid == child) {
            end_all(child);
            if (failed == 0) report(plan->status, &end);
            return 0;
        }
        siginfo_t signal;
        if (sigwaitinfo(&signals, &signal) == SIGTERM) {
            end_all(child);
            return 0;
        }
        // Orphans that ended before the program did.
        while (waitid(P_ALL, 0, &end, WEXITED | WNOHANG | WNOWAIT) == 0 && end.si_pid != 0 && end.si_pid != child) {
            waitpid(end.si_pid, NULL, 0);
            end.si_pid = 0;
        }
    }
}
