// How a kernel becomes two functions: `name`, which the loader binds to the clone for this processor, and
// `name_plain`, compiled for the oldest processor that the target allows.
#pragma once
#include "CKernels.h"

#if defined(__x86_64__) && defined(__linux__)
#define PH_CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define PH_CLONES
#endif

// Inlined into both, so that each is compiled for its own processor.
#define PH_BODY static inline __attribute__((always_inline))

#define PH_KERNEL(result, name, parameters, arguments)                                                                 \
  PH_CLONES result name parameters { return name##_body arguments; }                                                   \
  result name##_plain parameters { return name##_body arguments; }
