#include "kernel.h"

#if defined(__x86_64__) && defined(__linux__)

int ph_processor_level(void) {
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") || !__builtin_cpu_supports("bmi2")) return 0;
  int wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
             __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
             __builtin_cpu_supports("avx512vl");
  return wide ? 4 : 3;
}

int ph_processor_is_amd(void) {
  __builtin_cpu_init();
  return __builtin_cpu_is("amd") ? 1 : 0;
}

#else

int ph_processor_level(void) { return 0; }

int ph_processor_is_amd(void) { return 0; }

#endif
