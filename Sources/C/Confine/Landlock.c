#define _GNU_SOURCE
#include "Confine.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// Declared here by number: the headers that we build with may be older than the kernel that we run on. Every right that the kernel
// knows is taken away, and given again by path; so what a later ABI can take is added here, never in a rule.

struct ruleset {
    uint64_t files, network, scope;
};

struct __attribute__((packed)) rule {
    uint64_t rights;
    int32_t folder;
};

enum { CREATE = 444, ADD = 445, RESTRICT = 446 };

#define RIGHT(number) (UINT64_C(1) << (number))
#define EXECUTE RIGHT(0)
#define WRITE_FILE RIGHT(1)
#define READ_FILE RIGHT(2)
#define READ_DIR RIGHT(3)
#define REMOVE_DIR RIGHT(4)
#define REMOVE_FILE RIGHT(5)
#define MAKE_DIR RIGHT(7)
#define MAKE_REG RIGHT(8)
#define REFER RIGHT(13)
#define TRUNCATE RIGHT(14)
#define IOCTL_DEV RIGHT(15)
/// What a rule for a file, not a folder, may give.
#define OF_FILES (EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV)

/// What each ABI can take away.
static struct ruleset rights_of(int version) {
    struct ruleset all = {.files = RIGHT(13) - 1};
    if (version >= 2) all.files |= REFER;
    if (version >= 3) all.files |= TRUNCATE;
    if (version >= 4) all.network = 3;  // binding and connecting TCP
    if (version >= 5) all.files |= IOCTL_DEV;
    if (version >= 6) all.scope = 3;  // abstract sockets and signals
    return all;
}

static const struct {
    const char *word;
    uint64_t rights;
} accesses[] = {
    [ACCESS_READ] = {"--read", READ_FILE | READ_DIR},
    [ACCESS_RUN] = {"--run", READ_FILE | EXECUTE},
    [ACCESS_DEVICE] = {"--device", READ_FILE | WRITE_FILE},
    // Names are kept once made: what is written stays in sight of whoever counts it.
    [ACCESS_WRITE] = {"--write", READ_FILE | READ_DIR | WRITE_FILE | TRUNCATE | MAKE_REG},
};

int access_named(const char *word) {
    for (int access = 0; access < (int)(sizeof accesses / sizeof *accesses); access++)
        if (strcmp(word, accesses[access].word) == 0) return access;
    return -1;
}

int landlock_version(int most) {
    long version = syscall(CREATE, NULL, 0, 1U);
    if (version <= 0) return 0;
    return version < most ? (int)version : most;
}

static int allow(int rules, const char *path, uint64_t rights) {
    int place = open(path, O_PATH | O_CLOEXEC);
    // What is not there needs no rule; a link that leads to what we may not see neither.
    if (place < 0) return errno == ENOENT || errno == EACCES || errno == ENOTDIR ? 0 : -1;
    struct stat about;
    int result = fstat(place, &about);
    if (result == 0) {
        struct rule rule = {.rights = S_ISDIR(about.st_mode) ? rights : rights & OF_FILES, .folder = place};
        result = (int)syscall(ADD, rules, 1, &rule, 0U);
    }
    int error = errno;
    close(place);
    errno = error;
    return result;
}

int wall_off(const struct plan *plan, int version) {
    struct ruleset all = rights_of(version);
    size_t known = version >= 6 ? sizeof all : version >= 4 ? 2 * sizeof(uint64_t) : sizeof(uint64_t);
    int rules = (int)syscall(CREATE, &all, known, 0U);
    if (rules < 0) return -1;
    for (char **word = plan->words; *word != NULL; word++) {
        int access = access_named(*word);
        if (access >= 0 && allow(rules, *++word, accesses[access].rights & all.files) != 0) return -1;
    }
    int result = (int)syscall(RESTRICT, rules, 0U);
    int error = errno;
    close(rules);
    errno = error;
    return result;
}
