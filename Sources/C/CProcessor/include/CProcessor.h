#ifndef CPROCESSOR_H
#define CPROCESSOR_H

/// The instruction sets that `-march=x86-64-v3` lets the compiler use, as bits of `processor_instruction_sets`.
enum {
    PROCESSOR_AVX = 1 << 0,
    PROCESSOR_AVX2 = 1 << 1,
    PROCESSOR_FMA = 1 << 2,
    PROCESSOR_BMI1 = 1 << 3,
    PROCESSOR_BMI2 = 1 << 4,
    PROCESSOR_F16C = 1 << 5,
    PROCESSOR_LZCNT = 1 << 6,
    PROCESSOR_MOVBE = 1 << 7,
};

/// Which of them this processor has and the kernel has switched on.
unsigned processor_instruction_sets(void);

#endif
