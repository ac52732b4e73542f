#include "kernel.h"

// How many weighted columns are formed at a time, a multiple of GRAM_WIDE: more of them use what is read of x more
// often, fewer stay in the first-level cache beside the columns of a tile.
#define GRAM_PANEL 6
// How many weighted columns a tile has.
#define GRAM_WIDE 3
// How many columns of x make a group: 256 rows of them are 256 kB.
#define GRAM_GROUP 128
// How many columns a block has when it goes through panels: the sums of tiles no longer fit in a second-level cache, and
// one reduction a tile and block costs more than the panels' copy.
#define PANELS_FROM 180
// How many columns of panels make a group, a multiple of three panels: 256 rows of them are 700 kB.
#define PANEL_GROUP 336

// A packed block: r in the first column of `pack`, the columns of x in the following ones, 0 behind the last row up to
// `rows`, a multiple of the longest vector.
struct block {
  const double *const *x;
  double *pack;
  double *panel;
  const double *w;
  size_t rows;
  size_t stride;
};

// How far apart panels are: a cache line more than their values need, so that they do not start at the same place of a
// page.
static inline size_t ph_panel_stride(size_t n, size_t lanes) { return n * lanes + VEC; }

#define GRAM(name) name##_plain
#define GRAM_TARGET
#define LANES 2
#define TALL 4
#include "gram_tile.h"
#include "gram_panels.h"

#if defined(__x86_64__) && defined(__linux__)

#define GRAM(name) name##_v3
#define GRAM_TARGET __attribute__((target("arch=x86-64-v3")))
#define LANES 4
#define TALL 4
#include "gram_tile.h"
#include "gram_panels.h"

#define GRAM(name) name##_v4
#define GRAM_TARGET PH_WIDE __attribute__((target("arch=x86-64-v4")))
#define LANES 8
#define TALL 8
#include "gram_tile.h"
#include "gram_panels.h"

#endif

static void tiles_at(int level, const struct block *block, size_t p, double *sums, double *score, double *gram) {
  const int most = ph_processor_level();
  if (level > most) level = most;
#if defined(__x86_64__) && defined(__linux__)
  if (level >= 4) return tiles_v4(block, p, sums, score, gram);
  if (level >= 3) return tiles_v3(block, p, sums, score, gram);
#endif
  tiles_plain(block, p, sums, score, gram);
}

static void panels_at(int level, const double *const *x, size_t p, const double *w, const double *r, size_t n,
                      double *score, double *gram, double *scratch) {
  const int most = ph_processor_level();
  if (level > most) level = most;
#if defined(__x86_64__) && defined(__linux__)
  if (level >= 4) return panels_v4(x, p, w, r, n, score, gram, scratch);
  if (level >= 3) return panels_v3(x, p, w, r, n, score, gram, scratch);
#endif
  panels_plain(x, p, w, r, n, score, gram, scratch);
}

// The columns, r and the weights.
size_t ph_pack_size(size_t p, size_t n) { return (p + 2 + GRAM_PANEL) * ph_pack_stride(n); }

size_t ph_gram_sums(size_t p) {
  // Weighted column q meets the columns from q - 3 on at most.
  return ((p + 1) * (p + 2) / 2 + 2 * (p + 1)) * VEC;
}

size_t ph_weighted_gram_scratch(size_t p, size_t n) {
  if (p < PANELS_FROM) return ph_pack_size(p, n) + GRAM_WIDE * VEC * VEC + p;
  // The panels and a weighted one; the narrowest have the most gaps between them.
  return (p + 2 * VEC) * n + (p / 2 + 2) * VEC + p;
}

// Brings r (NULL: zeros) into the pack's first column, and behind it (past x) the weights, with 0 behind their last row.
static struct block packed(const double *const *x, size_t p, const double *w, const double *r, size_t n,
                           double *pack) {
  const size_t stride = ph_pack_stride(n), rows = stride - VEC;
  double *weights = pack + (p + 1) * stride;
  memset(pack, 0, rows * sizeof(double));
  if (r) memcpy(pack, r, n * sizeof(double));
  if (w) {
    memcpy(weights, w, n * sizeof(double));
    for (size_t i = n; i < rows; i++) weights[i] = 0;
  }
  return (struct block){x, pack, weights + stride, w ? weights : NULL, rows, stride};
}

void ph_gram_add(const double *const *x, size_t p, const double *w, const double *r, size_t n, double *pack,
                 double *sums) {
  const struct block block = packed(x, p, w, r, n, pack);
  tiles_at(4, &block, p, sums, NULL, NULL);
}

void ph_gram_total(double *sums, size_t p, double *score, double *gram) { tiles_at(4, NULL, p, sums, score, gram); }

void ph_score_and_gram_at(int level, const double *const *x, size_t p, const double *w, const double *r, size_t n,
                          double *score, double *gram, double *scratch) {
  if (p >= PANELS_FROM) return panels_at(level, x, p, w, r, n, score, gram, scratch);
  ph_predict_and_pack(x, p, NULL, NULL, n, NULL, scratch);
  const struct block block = packed(x, p, w, r, n, scratch);
  tiles_at(level, &block, p, scratch + ph_pack_size(p, n), score, gram);
}

void ph_score_and_gram(const double *const *x, size_t p, const double *w, const double *r, size_t n, double *score,
                       double *gram, double *scratch) {
  ph_score_and_gram_at(4, x, p, w, r, n, score, gram, scratch);
}

void ph_weighted_gram(const double *const *x, size_t p, const double *w, size_t n, double *gram, double *scratch) {
  double *score = scratch + ph_weighted_gram_scratch(p, n) - p;
  memset(score, 0, p * sizeof(double));
  ph_score_and_gram_at(4, x, p, w, NULL, n, score, gram, scratch);
}
