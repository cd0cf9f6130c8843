#pragma once
#include <flite/flite.h>

// Each voice's library has its own; no header declares them.
cst_voice *register_cmu_us_slt(const char *folder);
cst_voice *register_cmu_us_rms(const char *folder);
cst_voice *register_cmu_us_awb(const char *folder);
