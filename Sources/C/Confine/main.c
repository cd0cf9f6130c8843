// lm-confine: becomes a program that parses untrusted bytes, after giving up what it has no use for: files by Landlock, system calls by
// seccomp, privileges, resources. Runs within bubblewrap as the inner wall, or with a supervisor where there is no bubblewrap.
//
// A program of its own, linked statically, since it runs between fork and exec of a server with many threads, where little is safe to
// call; and since within bubblewrap there is nothing of ours but what is handed in.
#define _GNU_SOURCE
#include "Confine.h"
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

void complain(const char *what) { dprintf(STDERR_FILENO, "lm-confine: %s: %s\n", what, strerror(errno)); }

/// Every capability, the bounding set where we may, and the way to more.
static int drop_privileges(void) {
    for (int capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; capability++)
        prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[2] = {{0}};
    if (syscall(SYS_capset, &header, none) != 0) return -1;
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static int change_user(int64_t user) {
    uid_t number = (uid_t)user;
    if (setgroups(0, NULL) != 0 || setresgid(number, number, number) != 0 || setresuid(number, number, number) != 0) return -1;
    return getuid() == number && geteuid() == number ? 0 : -1;
}

/// The kernel takes the program before the server when memory runs out. Without /proc it cannot be asked to.
static void offer_first(void) {
    int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file < 0) return;
    if (write(file, "1000", 4) < 0) errno = 0;
    close(file);
}

static void close_at_exec(void) {
    if (syscall(SYS_close_range, 3U, ~0U, 4U /* CLOSE_RANGE_CLOEXEC */) == 0) return;
    for (int descriptor = 3; descriptor < 4096; descriptor++) fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

#define MUST(step, what) \
    do { \
        if ((step) != 0) { \
            complain(what); \
            return; \
        } \
    } while (0)

void become(const struct plan *plan, pid_t supervisor) {
    // The order matters: the score while /proc is still ours, the user while we may change it, the parent's death after that, since a
    // change of user forgets it, and the walls last.
    offer_first();
    close_at_exec();
    umask(077);
    if (plan->user >= 0) MUST(change_user(plan->user), "change of user");
    MUST(drop_privileges(), "dropping privileges");
    if (supervisor != 0) {
        MUST(prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0), "PR_SET_PDEATHSIG");
        if (getppid() != supervisor) _exit(125);
        if (setsid() < 0) MUST(-1, "setsid");
    }
    if (plan->folder != NULL) MUST(chdir(plan->folder), plan->folder);
    for (char **word = plan->words; *word != NULL; word++)
        if (strcmp(*word, "--limit") == 0) MUST(lower_limit(word[1], word[2], word[3]), word[1]);
    if (plan->landlock > 0) {
        int version = landlock_version(plan->landlock);
        if (version == 0) errno = EOPNOTSUPP;
        MUST(version == 0 ? -1 : wall_off(plan, version), "Landlock");
        // In a process namespace there is nobody else to signal, and nothing that is not ours to truncate.
        if (supervisor != 0) MUST(fill_gaps(version, plan->writes), "filter of signals");
    }
    if (plan->alone) MUST(refuse_processes(), "filter of processes");
    if (plan->filter >= 0) MUST(install_filter(plan->filter), "filter of system calls");
    execv(plan->program[0], plan->program);
    complain(plan->program[0]);
}

static void usage(const char *word) {
    dprintf(STDERR_FILENO, "lm-confine: what is %s? It is started by lm, not by hand.\n", word);
    exit(125);
}

int main(int count, char **words) {
    struct plan plan = {.filter = -1, .status = -1, .user = -1, .words = words + 1};
    int at = 1;
    for (; at < count && strcmp(words[at], "--") != 0; at++) {
        const char *word = words[at];
        if (strcmp(word, "--alone") == 0) {
            plan.alone = true;
            continue;
        }
        int values = strcmp(word, "--limit") == 0 ? 3 : strcmp(word, "--supervise") == 0 ? 2 : 1;
        if (at + values >= count) usage(word);
        const char *value = words[at + 1];
        if (strcmp(word, "--landlock") == 0) plan.landlock = atoi(value);
        else if (strcmp(word, "--filter") == 0) plan.filter = atoi(value);
        else if (strcmp(word, "--user") == 0) plan.user = strtoll(value, NULL, 10);
        else if (strcmp(word, "--chdir") == 0) plan.folder = value;
        else if (strcmp(word, "--supervise") == 0) plan.status = atoi(value), plan.parent = atoi(words[at + 2]);
        else if (access_named(word) == ACCESS_WRITE) plan.writes = true;
        else if (strcmp(word, "--limit") != 0 && access_named(word) < 0) usage(word);
        at += values;
    }
    if (at + 1 >= count) usage("missing: a program");
    words[at] = NULL;
    plan.program = words + at + 1;
    if (plan.status >= 0) return supervise(&plan);
    become(&plan, 0);
    return 125;
}
