#pragma once

// Name lookups that never end, for tests: `getaddrinfo` of this program, which the libraries that it links call too, hangs for names
// under `hanging.invalid` until they are released, and passes all others on.

/// Blocks until a lookup of `name` hangs, at most so many seconds; 0 if none does by then.
int resolver_wait_for_lookup(const char *name, int seconds);
/// How many lookups of `name` hang.
int resolver_lookups(const char *name);
/// Makes the lookups of `name` fail, now and from now on.
void resolver_release(const char *name);
