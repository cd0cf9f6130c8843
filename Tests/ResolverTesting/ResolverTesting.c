#define _GNU_SOURCE
#include "ResolverTesting.h"

#include <dlfcn.h>
#include <netdb.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

enum { MOST_RELEASED = 64, LONGEST = 128 };

/// A lookup that hangs, on its own thread's stack.
struct lookup {
    const char *name;
    struct lookup *next;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static struct lookup *lookups;
static char released[MOST_RELEASED][LONGEST];
static int released_count;

static int count(const char *name) {
    int found = 0;
    for (struct lookup *each = lookups; each; each = each->next) found += strcmp(each->name, name) == 0;
    return found;
}

static int is_released(const char *name) {
    for (int i = 0; i < released_count; i++)
        if (strcmp(released[i], name) == 0) return 1;
    return 0;
}

static void hang(const char *name) {
    pthread_mutex_lock(&lock);
    struct lookup own = {name, lookups};
    lookups = &own;
    pthread_cond_broadcast(&changed);
    while (!is_released(name)) pthread_cond_wait(&changed, &lock);
    struct lookup **link = &lookups;
    while (*link != &own) link = &(*link)->next;
    *link = own.next;
    pthread_mutex_unlock(&lock);
}

int resolver_wait_for_lookup(const char *name, int seconds) {
    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec += seconds;
    pthread_mutex_lock(&lock);
    while (count(name) == 0 && pthread_cond_timedwait(&changed, &lock, &deadline) == 0) {}
    int found = count(name);
    pthread_mutex_unlock(&lock);
    return found;
}

int resolver_lookups(const char *name) {
    pthread_mutex_lock(&lock);
    int found = count(name);
    pthread_mutex_unlock(&lock);
    return found;
}

void resolver_release(const char *name) {
    pthread_mutex_lock(&lock);
    if (released_count < MOST_RELEASED) strncpy(released[released_count++], name, LONGEST - 1);
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

// The linker exports it, since libraries that the program links refer to it, and the loader prefers the program's to libc's.
__attribute__((visibility("default"))) int getaddrinfo(
    const char *restrict name, const char *restrict service, const struct addrinfo *restrict hints,
    struct addrinfo **restrict result) {
    static const char suffix[] = ".hanging.invalid";
    size_t length = name ? strlen(name) : 0;
    if (length >= sizeof suffix && strcmp(name + length - (sizeof suffix - 1), suffix) == 0) {
        hang(name);
        return EAI_AGAIN;
    }
    int (*next)(const char *, const char *, const struct addrinfo *, struct addrinfo **) = dlsym(RTLD_NEXT, "getaddrinfo");
    return next ? next(name, service, hints, result) : EAI_SYSTEM;
}
