#define _GNU_SOURCE
#include "CLinux.h"
#include <asm/ioctls.h>
#include <asm/sockios.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

// A list of what is refused, not of what is allowed: which calls a parser needs changes with every release of it, while these reach
// past the namespaces and limits of the sandbox, or into large parts of the kernel for which a parser has no use.

#if defined(__x86_64__)
#define NATIVE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE AUDIT_ARCH_AARCH64
#else
#error "The sandbox's filter of system calls does not know this processor."
#endif

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define ANSWER(action) BPF_STMT(BPF_RET | BPF_K, (action))
#define REFUSE_WITH(call, error) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), ANSWER(SECCOMP_RET_ERRNO | (error))
#define REFUSE(call) REFUSE_WITH(call, EPERM)
/// Refuses a call for one value of an argument. The number of the call is loaded again for what follows.
#define REFUSE_FOR(call, argument, value) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 4), LOAD(args[argument]), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, 1), \
        ANSWER(SECCOMP_RET_ERRNO | EPERM), LOAD(nr)
/// Refuses a call unless an argument is 0: for all but the caller itself.
#define ONLY_FOR_ZERO(call, argument) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 4), LOAD(args[argument]), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0), \
        ANSWER(SECCOMP_RET_ERRNO | EPERM), LOAD(nr)
/// Refuses a call if a flag is among those of an argument.
#define WITHOUT_FLAG(call, argument, flag, error) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 4), LOAD(args[argument]), BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (flag), 0, 1), \
        ANSWER(SECCOMP_RET_ERRNO | (error)), LOAD(nr)

/// The newest call of Linux 6.1 (Debian 12), set_mempolicy_home_node; numbers from 424 up are the same on every processor.
#define NEWEST 450

#define NEW_NAMESPACES (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)

static const struct sock_filter filter[] = {
    LOAD(arch),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NATIVE, 1, 0),
    ANSWER(SECCOMP_RET_KILL_PROCESS),
    LOAD(nr),

    // What nobody has judged yet, as on an older kernel; x32's numbers, which lie above, too.
    BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, NEWEST, 0, 1),
    ANSWER(SECCOMP_RET_ERRNO | ENOSYS),

    // Sockets: a network namespace does not hold AF_VSOCK, which reaches the host of a virtual machine; AF_ALG reaches drivers.
    REFUSE(__NR_socket),

    // Memory that neither RLIMIT_AS nor the size of a tmpfs bounds.
    REFUSE(__NR_memfd_create),
#ifdef __NR_memfd_secret
    REFUSE(__NR_memfd_secret),
#endif
    REFUSE(__NR_shmget),
    REFUSE(__NR_msgget),
    REFUSE(__NR_semget),

    // The same of others, by its number or name, where there is no namespace for it.
    REFUSE(__NR_shmat),
    REFUSE(__NR_shmctl),
    REFUSE(__NR_msgctl),
    REFUSE(__NR_msgsnd),
    REFUSE(__NR_msgrcv),
    REFUSE(__NR_semctl),
    REFUSE(__NR_semop),
    REFUSE(__NR_semtimedop),
    REFUSE(__NR_mq_open),
    REFUSE(__NR_mq_unlink),

    // Keyrings: the session's keyring is inherited from the one who started the server.
    REFUSE(__NR_add_key),
    REFUSE(__NR_request_key),
    REFUSE(__NR_keyctl),

    // Other processes.
    REFUSE(__NR_ptrace),
    REFUSE(__NR_process_vm_readv),
    REFUSE(__NR_process_vm_writev),
    REFUSE(__NR_pidfd_getfd),
    REFUSE(__NR_kcmp),
    REFUSE(__NR_pidfd_open),
    REFUSE(__NR_pidfd_send_signal),
    REFUSE(__NR_process_madvise),
    REFUSE(__NR_process_mrelease),
    REFUSE(__NR_move_pages),
    REFUSE(__NR_migrate_pages),
    REFUSE(__NR_setpriority),
    REFUSE(__NR_ioprio_set),
    ONLY_FOR_ZERO(__NR_prlimit64, 0),
    ONLY_FOR_ZERO(__NR_sched_setaffinity, 0),
    ONLY_FOR_ZERO(__NR_sched_setscheduler, 0),
    ONLY_FOR_ZERO(__NR_sched_setparam, 0),
    ONLY_FOR_ZERO(__NR_sched_setattr, 0),

    // Ways out of the process group, by which a program's offspring is ended where it has no process namespace, and of its parent's death.
    REFUSE(__NR_setsid),
    REFUSE(__NR_setpgid),
    REFUSE_FOR(__NR_prctl, 0, PR_SET_PDEATHSIG),
    REFUSE_FOR(__NR_prctl, 0, PR_SET_CHILD_SUBREAPER),

    // Signals by way of a descriptor, and words put into a terminal.
    REFUSE_FOR(__NR_fcntl, 1, F_SETOWN),
    REFUSE_FOR(__NR_fcntl, 1, F_SETSIG),
    REFUSE_FOR(__NR_fcntl, 1, F_SETOWN_EX),
    REFUSE_FOR(__NR_ioctl, 1, FIOSETOWN),
    REFUSE_FOR(__NR_ioctl, 1, SIOCSPGRP),
    REFUSE_FOR(__NR_ioctl, 1, TIOCSTI),
    REFUSE_FOR(__NR_ioctl, 1, TIOCLINUX),

    // What Landlock does not hold: modes, owners, times and attributes of files, and watching them.
#ifdef __NR_chmod
    REFUSE(__NR_chmod),
    REFUSE(__NR_chown),
    REFUSE(__NR_lchown),
    REFUSE(__NR_utime),
    REFUSE(__NR_utimes),
    REFUSE(__NR_futimesat),
    REFUSE(__NR_inotify_init),
#endif
    REFUSE(__NR_fchmod),
    REFUSE(__NR_fchmodat),
    REFUSE(__NR_fchown),
    REFUSE(__NR_fchownat),
    REFUSE(__NR_utimensat),
    REFUSE(__NR_setxattr),
    REFUSE(__NR_lsetxattr),
    REFUSE(__NR_fsetxattr),
    REFUSE(__NR_removexattr),
    REFUSE(__NR_lremovexattr),
    REFUSE(__NR_fremovexattr),
    REFUSE(__NR_inotify_init1),
    REFUSE(__NR_syslog),
    REFUSE(__NR_quotactl),
    REFUSE(__NR_quotactl_fd),

    // Files without a name, which nobody can count; openat2 hides its flags behind a pointer.
#ifdef __NR_open
    WITHOUT_FLAG(__NR_open, 1, O_TMPFILE & ~O_DIRECTORY, EOPNOTSUPP),
#endif
    WITHOUT_FLAG(__NR_openat, 2, O_TMPFILE & ~O_DIRECTORY, EOPNOTSUPP),
    REFUSE_WITH(__NR_openat2, ENOSYS),

    // Namespaces and mounts. clone3 hides its flags behind a pointer; C libraries fall back to clone when it is not there.
    REFUSE(__NR_unshare),
    REFUSE(__NR_setns),
    REFUSE_WITH(__NR_clone3, ENOSYS),
    REFUSE(__NR_mount),
    REFUSE(__NR_umount2),
    REFUSE(__NR_pivot_root),
    REFUSE(__NR_chroot),
    REFUSE(__NR_open_tree),
    REFUSE(__NR_move_mount),
    REFUSE(__NR_fsopen),
    REFUSE(__NR_fsconfig),
    REFUSE(__NR_fsmount),
    REFUSE(__NR_fspick),
    REFUSE(__NR_mount_setattr),
    REFUSE(__NR_open_by_handle_at),

    // Parts of the kernel where holes have been found again and again.
    REFUSE(__NR_io_uring_setup),
    REFUSE(__NR_io_uring_enter),
    REFUSE(__NR_io_uring_register),
    REFUSE(__NR_bpf),
    REFUSE(__NR_perf_event_open),
    REFUSE(__NR_userfaultfd),
    REFUSE(__NR_fanotify_init),
#ifdef __NR_modify_ldt
    REFUSE(__NR_modify_ldt),
#endif

    // Processes and threads, but no namespaces: both processors have the flags in the first argument, low half first.
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone, 0, 3),
    LOAD(args[0]),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, NEW_NAMESPACES, 0, 1),
    ANSWER(SECCOMP_RET_ERRNO | EPERM),
    ANSWER(SECCOMP_RET_ALLOW),
};

const void *linux_parser_filter(size_t *length) {
    *length = sizeof filter;
    return filter;
}
