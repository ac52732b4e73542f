// The weighted Gram product of a block, once for each kind of processor. Before including it define
//   GRAM(name)   the name with the processor's ending
//   GRAM_TARGET  the attributes of a function for that processor
//   LANES        doubles a vector: 2, 4 or 8
//   TALL         a tile multiplies TALL columns, 4 or 8 and a multiple of LANES, by 3 weighted columns; the TALL x 3
//                vectors of sums, 3 weighted columns and one more have to fit the registers
//
// Vectors run along the rows, and every column of x is read where it is. A tile's sums are vectors over the whole block;
// at its end LANES of them at a time are reduced to one vector of sums of neighbouring columns.
//
// Which rows share a lane depends on their number in the block, never on where an array starts in memory, so that the
// same numbers give the same bits.

typedef double GRAM(lanes) __attribute__((vector_size(LANES * 8)));
typedef double GRAM(unaligned) __attribute__((vector_size(LANES * 8), aligned(8), may_alias));
#define LOAD(pointer) (*(const GRAM(unaligned) *)(pointer))
#define STORE(pointer, vector) (*(GRAM(unaligned) *)(pointer) = (vector))

// The sums of LANES vectors, one a lane.
GRAM_TARGET PH_BODY GRAM(lanes) GRAM(totals)(const GRAM(lanes) *s) {
#if LANES == 8
#define PAIR(a, b)                                                \
  (__builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14) +     \
   __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15))
#define QUAD(a, b)                                                \
  (__builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13) +      \
   __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15))
  GRAM(lanes) low = QUAD(PAIR(s[0], s[1]), PAIR(s[2], s[3])), high = QUAD(PAIR(s[4], s[5]), PAIR(s[6], s[7]));
  return __builtin_shufflevector(low, high, 0, 1, 2, 3, 8, 9, 10, 11) +
         __builtin_shufflevector(low, high, 4, 5, 6, 7, 12, 13, 14, 15);
#undef PAIR
#undef QUAD
#elif LANES == 4
#define PAIR(a, b) (__builtin_shufflevector(a, b, 0, 4, 2, 6) + __builtin_shufflevector(a, b, 1, 5, 3, 7))
  GRAM(lanes) low = PAIR(s[0], s[1]), high = PAIR(s[2], s[3]);
  return __builtin_shufflevector(low, high, 0, 1, 4, 5) + __builtin_shufflevector(low, high, 2, 3, 6, 7);
#undef PAIR
#else
  return __builtin_shufflevector(s[0], s[1], 0, 2) + __builtin_shufflevector(s[0], s[1], 1, 3);
#endif
}

// sums[b TALL + a] = the sum of x[a] times weighted column b over n rows, a multiple of LANES.
GRAM_TARGET PH_BODY void GRAM(tile)(const double *const *x, size_t tall, const double *weighted, size_t wide, size_t n,
                                    const double *ahead0, const double *ahead1, double *sums) {
  GRAM(lanes) sum[3][TALL];
#pragma clang loop unroll(full)
  for (size_t b = 0; b < 3; b++)
#pragma clang loop unroll(full)
    for (size_t a = 0; a < TALL; a++) sum[b][a] = (GRAM(lanes)){0};
  for (size_t i = 0; i < n; i += LANES) {
    __builtin_prefetch(ahead0 + i, 0, 2);
    __builtin_prefetch(ahead1 + i, 0, 2);
    GRAM(lanes) w[3];
#pragma clang loop unroll(full)
    for (size_t b = 0; b < wide; b++) w[b] = LOAD(weighted + b * n + i);
#pragma clang loop unroll(full)
    for (size_t a = 0; a < tall; a++) {
      GRAM(lanes) value = LOAD(x[a] + i);
#pragma clang loop unroll(full)
      for (size_t b = 0; b < wide; b++) sum[b][a] += value * w[b];
    }
  }
#pragma clang loop unroll(full)
  for (size_t b = 0; b < wide; b++)
#pragma clang loop unroll(full)
    for (size_t a = 0; a < TALL; a += LANES) STORE(sums + b * TALL + a, GRAM(totals)(sum[b] + a));
}

// The tile for sizes that are constants only here.
GRAM_TARGET static void GRAM(any_tile)(const double *const *x, size_t tall, const double *weighted, size_t wide,
                                       size_t n, const double *ahead0, const double *ahead1, double *sums) {
#define CASE(t, w)                                          \
  case 4 * t + w:                                           \
    GRAM(tile)(x, t, weighted, w, n, ahead0, ahead1, sums); \
    return;
#define CASES(t) CASE(t, 1) CASE(t, 2) CASE(t, 3)
  switch (4 * tall + wide) {
    CASES(1)
    CASES(2)
    CASES(3)
    CASES(4)
#if TALL == 8
    CASES(5)
    CASES(6)
    CASES(7)
    CASES(8)
#endif
    default:
      return;
  }
#undef CASES
#undef CASE
}

// Weighted column q of a block: r for q = 0, otherwise w times column q - 1.
GRAM_TARGET PH_BODY void GRAM(form)(const double *const *x, size_t q, const double *w, const double *r, size_t n,
                                    double *weighted) {
  const double *column = q == 0 ? r : x[q - 1];
  if (q > 0 && w) {
    for (size_t i = 0; i < n; i += LANES) STORE(weighted + i, LOAD(w + i) * LOAD(column + i));
  } else {
    for (size_t i = 0; i < n; i += LANES) STORE(weighted + i, LOAD(column + i));
  }
}

// n is a multiple of LANES and not 0. The weighted columns are r, which gives the score, and then w times each column.
GRAM_TARGET static void GRAM(whole_vectors)(const double *const *x, size_t p, const double *w, const double *r,
                                            size_t n, double *score, double *gram, double *scratch) {
  size_t asked = 0;
  double sums[3 * TALL];
  // Columns of x by groups that stay in the second-level cache while all weighted columns pass by.
  for (size_t group = 0; group < p; group += GRAM_GROUP) {
    const size_t bottom = group + GRAM_GROUP < p ? group + GRAM_GROUP : p;
    for (size_t first = r ? 0 : 1; first <= bottom; first += GRAM_PANEL) {
      const size_t end = first + GRAM_PANEL <= bottom ? first + GRAM_PANEL : bottom + 1;
      for (size_t q = first; q < end; q++) GRAM(form)(x, q, w, r, n, scratch + (q - first) * n);
      const size_t diagonal = first > 0 ? first - 1 : 0, top = diagonal > group ? diagonal : group;
      // As many tiles as needed, of equal height but for one column.
      size_t left = (bottom - top + TALL - 1) / TALL;
      for (size_t k = top, tall; k < bottom; k += tall, left--) {
        tall = (bottom - k + left - 1) / left;
        for (size_t q = first; q < end && q <= k + tall; q += 3) {
          const size_t wide = end - q < 3 ? end - q : 3;
          // Each tile asks for two columns of the next block, which lies right behind this one in memory; behind the last
          // block that does nothing.
          const double *ahead0 = asked < p ? x[asked] + n : scratch;
          const double *ahead1 = asked + 1 < p ? x[asked + 1] + n : scratch;
          asked += 2;
          GRAM(any_tile)(x + k, tall, scratch + (q - first) * n, wide, n, ahead0, ahead1, sums);
          for (size_t b = 0; b < wide; b++) {
            // The score where the weighted column is r; of a column of the product the part from the diagonal on.
            double *column = q + b == 0 ? score : gram + (q + b - 1) * p;
            for (size_t a = k + 1 < q + b ? q + b - 1 - k : 0; a < tall; a++) column[k + a] += sums[b * TALL + a];
          }
        }
      }
    }
  }
}

GRAM_TARGET static void GRAM(score_and_gram)(const double *const *x, size_t p, const double *w, const double *r,
                                             size_t n, double *score, double *gram, double *scratch) {
  if (p == 0) return;
  const size_t whole = n - n % LANES;
  if (whole > 0) GRAM(whole_vectors)(x, p, w, r, whole, score, gram, scratch);
  for (size_t i = whole; i < n; i++) {
    for (size_t j = 0; j < p; j++) {
      const double weighted = w ? w[i] * x[j][i] : x[j][i];
      if (r) score[j] += r[i] * x[j][i];
      for (size_t k = j; k < p; k++) gram[k + j * p] += weighted * x[k][i];
    }
  }
}

#undef LOAD
#undef STORE
#undef GRAM
#undef GRAM_TARGET
#undef LANES
#undef TALL
