// The weighted Gram product of a packed block, once for each kind of processor. Before including it define
//   GRAM(name)   the name with the processor's ending
//   GRAM_TARGET  the attributes of a function for that processor
//   LANES        doubles a vector: 2, 4 or 8
//   TALL         a tile multiplies TALL columns, 4 or 8 and a multiple of LANES, by GRAM_WIDE weighted columns; the
//                TALL x GRAM_WIDE vectors of sums, the weighted columns and one more have to fit the registers
//
// Vectors run along the rows. A tile's sums are vectors too, which may be kept from block to block; only at the end
// LANES of them at a time are reduced to one vector of sums of neighbouring columns.
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

// Adds to the sums of tall x wide pairs of columns, a vector each; rows is a multiple of LANES.
GRAM_TARGET PH_BODY void GRAM(tile)(const double *x, size_t tall, const double *weighted, size_t wide, size_t rows,
                                    size_t stride, const double *ahead0, const double *ahead1, double *sums) {
  GRAM(lanes) sum[GRAM_WIDE][TALL];
#pragma clang loop unroll(full)
  for (size_t b = 0; b < wide; b++)
#pragma clang loop unroll(full)
    for (size_t a = 0; a < tall; a++) sum[b][a] = LOAD(sums + (b * tall + a) * LANES);
  for (size_t i = 0; i < rows; i += LANES) {
    __builtin_prefetch(ahead0 + i, 0, 2);
    __builtin_prefetch(ahead1 + i, 0, 2);
    GRAM(lanes) w[GRAM_WIDE];
#pragma clang loop unroll(full)
    for (size_t b = 0; b < wide; b++) w[b] = LOAD(weighted + b * stride + i);
#pragma clang loop unroll(full)
    for (size_t a = 0; a < tall; a++) {
      GRAM(lanes) value = LOAD(x + a * stride + i);
#pragma clang loop unroll(full)
      for (size_t b = 0; b < wide; b++) sum[b][a] += value * w[b];
    }
  }
#pragma clang loop unroll(full)
  for (size_t b = 0; b < wide; b++)
#pragma clang loop unroll(full)
    for (size_t a = 0; a < tall; a++) STORE(sums + (b * tall + a) * LANES, sum[b][a]);
}

// The tile for sizes that are constants only here.
GRAM_TARGET static void GRAM(any_tile)(const double *x, size_t tall, const double *weighted, size_t wide, size_t rows,
                                       size_t stride, const double *ahead0, const double *ahead1, double *sums) {
#define CASE(t, w)                                                       \
  case 4 * t + w:                                                        \
    GRAM(tile)(x, t, weighted, w, rows, stride, ahead0, ahead1, sums);   \
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

// Adds the totals of `count` <= TALL vectors of sums.
GRAM_TARGET static void GRAM(fold)(const double *sums, size_t count, double *target) {
  GRAM(lanes) vectors[TALL] = {{0}};
  double sum[TALL];
  memcpy(vectors, sums, count * sizeof(GRAM(lanes)));
  for (size_t a = 0; a < TALL; a += LANES) STORE(sum + a, GRAM(totals)(vectors + a));
  for (size_t a = 0; a < count; a++) target[a] += sum[a];
}

// Passes over all tiles of weighted columns (column 0 is r, which gives the score, column q is w times column q - 1)
// and columns of x from the diagonal on.
//
// With `block`, each tile adds the block to its vectors in `sums`; with `gram`, their totals go into score and gram.
// With both, `sums` has room for one tile.
GRAM_TARGET static void GRAM(tiles)(const struct block *block, size_t p, double *sums, double *score, double *gram) {
  size_t asked = 0;
  // Columns of x by groups that stay in the second-level cache while all weighted columns pass by.
  for (size_t group = 0; group < p; group += GRAM_GROUP) {
    const size_t bottom = group + GRAM_GROUP < p ? group + GRAM_GROUP : p;
    for (size_t first = 0; first <= bottom; first += GRAM_PANEL) {
      const size_t end = first + GRAM_PANEL <= bottom ? first + GRAM_PANEL : bottom + 1;
      const double *weighted = NULL;
      if (block) {
        weighted = block->pack + first * block->stride;
        if (block->w) {
          weighted = block->panel;
          for (size_t q = first; q < end; q++) {
            const double *column = block->pack + q * block->stride;
            double *product = block->panel + (q - first) * block->stride;
            for (size_t i = 0; i < block->rows; i += LANES)
              STORE(product + i, q > 0 ? LOAD(block->w + i) * LOAD(column + i) : LOAD(column + i));
          }
        }
      }
      const size_t diagonal = first > 0 ? first - 1 : 0, top = diagonal > group ? diagonal : group;
      for (size_t q = first; q < end; q += GRAM_WIDE) {
        const size_t wide = end - q < GRAM_WIDE ? end - q : GRAM_WIDE;
        const size_t own = q > 0 && q - 1 > top ? q - 1 : top;
        // As many tiles as needed, of equal height but for one column.
        size_t left = (bottom - own + TALL - 1) / TALL;
        for (size_t k = own, tall; k < bottom; k += tall, left--) {
          tall = (bottom - k + left - 1) / left;
          if (block) {
            if (gram) memset(sums, 0, wide * tall * LANES * sizeof(double));
            // Each tile asks for two columns of the next block, which lies right behind this one in memory; behind the
            // last block that does nothing.
            const double *ahead0 = asked < p ? block->x[asked] + block->rows : block->pack;
            const double *ahead1 = asked + 1 < p ? block->x[asked + 1] + block->rows : block->pack;
            asked += 2;
            GRAM(any_tile)(block->pack + (k + 1) * block->stride, tall, weighted + (q - first) * block->stride, wide,
                           block->rows, block->stride, ahead0, ahead1, sums);
          }
          if (gram) {
            for (size_t b = 0; b < wide; b++) {
              // The score where the weighted column is r; of a column of the product the part from the diagonal on.
              const size_t above = k + 1 < q + b ? q + b - 1 - k : 0;
              if (above >= tall) continue;
              double *column = q + b == 0 ? score : gram + (q + b - 1) * p;
              GRAM(fold)(sums + (b * tall + above) * LANES, tall - above, column + k + above);
            }
          }
          if (!block || !gram) sums += wide * tall * LANES;
        }
      }
    }
  }
}
