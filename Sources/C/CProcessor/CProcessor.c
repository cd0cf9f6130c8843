#include "CProcessor.h"

// In C, in a target without -march, since it must run on the very processor that lacks them.

#if defined(__x86_64__)
#include <cpuid.h>

unsigned processor_instruction_sets(void) {
    unsigned a, b, c, d, found = 0;
    if (!__get_cpuid(1, &a, &b, &c, &d)) return 0;
    const unsigned first = c;
    if (first & (1u << 22)) found |= PROCESSOR_MOVBE;
    // The vector sets count only if the kernel saves the wide registers: OSXSAVE, then XCR0 bits 1 and 2.
    int wide = 0;
    if (first & (1u << 27)) {
        unsigned low, high;
        __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
        wide = (low & 6) == 6;
    }
    if (wide) {
        if (first & (1u << 28)) found |= PROCESSOR_AVX;
        if (first & (1u << 12)) found |= PROCESSOR_FMA;
        if (first & (1u << 29)) found |= PROCESSOR_F16C;
    }
    if (__get_cpuid_count(7, 0, &a, &b, &c, &d)) {
        if (wide && (b & (1u << 5))) found |= PROCESSOR_AVX2;
        if (b & (1u << 3)) found |= PROCESSOR_BMI1;
        if (b & (1u << 8)) found |= PROCESSOR_BMI2;
    }
    if (__get_cpuid(0x80000001, &a, &b, &c, &d) && (c & (1u << 5))) found |= PROCESSOR_LZCNT;
    return found;
}
#else
unsigned processor_instruction_sets(void) { return ~0u; }
#endif
