#include "kernel.h"

// How many weighted columns are formed at a time, a multiple of 3: more of them use what is read of x more often, fewer
// stay in the first-level cache beside the columns of a tile.
#define GRAM_PANEL 6
// How many columns of x make a group: 256 rows of them are 256 kB.
#define GRAM_GROUP 128

#define GRAM(name) name##_plain
#define GRAM_TARGET
#define LANES 2
#define TALL 4
#include "gram_tile.h"

#if defined(__x86_64__) && defined(__linux__)

#define GRAM(name) name##_v3
#define GRAM_TARGET __attribute__((target("arch=x86-64-v3")))
#define LANES 4
#define TALL 4
#include "gram_tile.h"

#define GRAM(name) name##_v4
#define GRAM_TARGET PH_WIDE __attribute__((target("arch=x86-64-v4")))
#define LANES 8
#define TALL 8
#include "gram_tile.h"

#endif

size_t ph_weighted_gram_scratch(size_t p, size_t n) { return (p + 1 < GRAM_PANEL ? p + 1 : GRAM_PANEL) * n; }

void ph_score_and_gram_at(int level, const double *const *x, size_t p, const double *w, const double *r, size_t n,
                          double *score, double *gram, double *scratch) {
  const int most = ph_processor_level();
  if (level > most) level = most;
#if defined(__x86_64__) && defined(__linux__)
  if (level >= 4) return score_and_gram_v4(x, p, w, r, n, score, gram, scratch);
  if (level >= 3) return score_and_gram_v3(x, p, w, r, n, score, gram, scratch);
#endif
  score_and_gram_plain(x, p, w, r, n, score, gram, scratch);
}

void ph_score_and_gram(const double *const *x, size_t p, const double *w, const double *r, size_t n, double *score,
                       double *gram, double *scratch) {
  ph_score_and_gram_at(4, x, p, w, r, n, score, gram, scratch);
}

void ph_weighted_gram(const double *const *x, size_t p, const double *w, size_t n, double *gram, double *scratch) {
  ph_score_and_gram_at(4, x, p, w, NULL, n, NULL, gram, scratch);
}
