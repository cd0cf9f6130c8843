#define _GNU_SOURCE
#include "Confine.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define ANSWER(action) BPF_STMT(BPF_RET | BPF_K, (action))
#define REFUSE(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), ANSWER(SECCOMP_RET_ERRNO | EPERM)
/// Lets a call pass only if its first argument is ours, or 0, which is our group.
#define ONLY_OURS(call, us) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 5), LOAD(args[0]), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (us), 2, 0), \
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0), ANSWER(SECCOMP_RET_ERRNO | EPERM), ANSWER(SECCOMP_RET_ALLOW)
#define WITHOUT_FLAG(call, argument, flag) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 4), LOAD(args[argument]), BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (flag), 0, 1), \
        ANSWER(SECCOMP_RET_ERRNO | EPERM), ANSWER(SECCOMP_RET_ALLOW)

static int install(struct sock_filter *program, size_t length) {
    struct sock_fprog filter = {.len = (unsigned short)length, .filter = program};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0);
}

int fill_gaps(int version, bool writes) {
    // The processor is checked by the filter that follows, before anything comes of a wrong number here.
    if (version < 6) {
        uint32_t us = (uint32_t)getpid();
        struct sock_filter signals[] = {
            LOAD(nr),
            ONLY_OURS(__NR_kill, us),
            ONLY_OURS(__NR_tgkill, us),
            ONLY_OURS(__NR_rt_sigqueueinfo, us),
            ONLY_OURS(__NR_rt_tgsigqueueinfo, us),
            REFUSE(__NR_tkill),
            ANSWER(SECCOMP_RET_ALLOW),
        };
        if (install(signals, sizeof signals / sizeof *signals) != 0) return -1;
    }
    if (version < 3) {
        struct sock_filter paths[] = {LOAD(nr), REFUSE(__NR_truncate), ANSWER(SECCOMP_RET_ALLOW)};
        if (install(paths, sizeof paths / sizeof *paths) != 0) return -1;
    }
    // A file that may be read alone is emptied by opening it with O_TRUNC. Who may write files needs that flag for them, and is given
    // no original of a file to read.
    if (version < 3 && !writes) {
        struct sock_filter opening[] = {
            LOAD(nr),
#ifdef __NR_open
            REFUSE(__NR_creat),
            WITHOUT_FLAG(__NR_open, 1, O_TRUNC),
#endif
            WITHOUT_FLAG(__NR_openat, 2, O_TRUNC),
            ANSWER(SECCOMP_RET_ALLOW),
        };
        if (install(opening, sizeof opening / sizeof *opening) != 0) return -1;
    }
    return 0;
}

int refuse_processes(void) {
    // clone3 hides its flags; the parsers' filter says that there is none.
    struct sock_filter program[] = {
        LOAD(nr),
#ifdef __NR_fork
        REFUSE(__NR_fork),
        REFUSE(__NR_vfork),
#endif
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone, 0, 3),
        LOAD(args[0]),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0),
        ANSWER(SECCOMP_RET_ERRNO | EPERM),
        ANSWER(SECCOMP_RET_ALLOW),
    };
    return install(program, sizeof program / sizeof *program);
}

int install_filter(int descriptor) {
    static struct sock_filter program[BPF_MAXINSNS];
    char *bytes = (char *)program;
    size_t length = 0;
    while (length < sizeof program) {
        ssize_t count = read(descriptor, bytes + length, sizeof program - length);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return -1;
        if (count == 0) break;
        length += (size_t)count;
    }
    if (length == 0 || length % sizeof *program != 0) {
        errno = EINVAL;
        return -1;
    }
    return install(program, length / sizeof *program);
}

static const struct {
    const char *name;
    int resource;
} limits[] = {
    {"as", RLIMIT_AS},         {"cpu", RLIMIT_CPU},           {"fsize", RLIMIT_FSIZE}, {"core", RLIMIT_CORE},
    {"memlock", RLIMIT_MEMLOCK}, {"msgqueue", RLIMIT_MSGQUEUE}, {"nofile", RLIMIT_NOFILE}, {"nproc", RLIMIT_NPROC},
};

int lower_limit(const char *name, const char *soft, const char *hard) {
    for (size_t each = 0; each < sizeof limits / sizeof *limits; each++) {
        if (strcmp(name, limits[each].name) != 0) continue;
        struct rlimit limit = {.rlim_cur = strtoull(soft, NULL, 10), .rlim_max = strtoull(hard, NULL, 10)};
        return setrlimit(limits[each].resource, &limit);
    }
    errno = EINVAL;
    return -1;
}
