#include <dnnl.h>

// libgomp's, whose header the Swift toolchain's clang does not find.
void omp_set_num_threads(int count);
