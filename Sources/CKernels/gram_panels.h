// The weighted Gram product of a block of many columns, once for each kind of processor; it takes the macros and types
// of gram_tile.h, which comes before it.
//
// The columns are copied into panels of LANES of them, row by row, so that a vector holds the same row of neighbouring
// columns. A tile multiplies up to 3 panels by the columns of one, each of them a broadcast, and keeps 3 x LANES vectors
// of sums in registers; no vector has to be added up across its lanes, so that a tile may go into the product after few
// rows. BLIS has its products so (Van Zee and van de Geijn, BLIS: a framework for rapidly instantiating BLAS
// functionality, 2015); here one copy serves both sides.
//
// Sums run over the rows of a block in order, whatever lies where in memory.

// Copies a panel: `count` columns from x on, zeros in the lanes to spare.
GRAM_TARGET static void GRAM(panel)(const double *const *x, size_t count, size_t n, double *panel) {
  if (count == LANES) {
    for (size_t i = 0; i < n; i++)
#pragma clang loop unroll(full)
      for (size_t lane = 0; lane < LANES; lane++) panel[i * LANES + lane] = x[lane][i];
  } else {
    for (size_t i = 0; i < n; i++)
      for (size_t lane = 0; lane < LANES; lane++) panel[i * LANES + lane] = lane < count ? x[lane][i] : 0;
  }
}

// The sums of r times each column of a panel.
GRAM_TARGET static void GRAM(panel_score)(const double *panel, const double *r, size_t n, double *sums) {
  GRAM(lanes) even = {0}, odd = {0};
  size_t i = 0;
  for (; i + 2 <= n; i += 2) {
    even += r[i] * LOAD(panel + i * LANES);
    odd += r[i + 1] * LOAD(panel + (i + 1) * LANES);
  }
  if (i < n) even += r[i] * LOAD(panel + i * LANES);
  STORE(sums, even + odd);
}

// Products of `tall` <= 3 panels, `stride` apart, and the columns of another: column by column into `sums`.
GRAM_TARGET PH_BODY void GRAM(panel_tile)(const double *x, size_t tall, size_t stride, const double *weighted,
                                          size_t n, double *sums) {
  GRAM(lanes) sum[LANES][3];
#pragma clang loop unroll(full)
  for (size_t b = 0; b < LANES; b++)
#pragma clang loop unroll(full)
    for (size_t a = 0; a < tall; a++) sum[b][a] = (GRAM(lanes)){0};
  for (size_t i = 0; i < n; i++) {
    GRAM(lanes) value[3];
#pragma clang loop unroll(full)
    for (size_t a = 0; a < tall; a++) value[a] = LOAD(x + a * stride + i * LANES);
#pragma clang loop unroll(full)
    for (size_t b = 0; b < LANES; b++)
#pragma clang loop unroll(full)
      for (size_t a = 0; a < tall; a++) sum[b][a] += value[a] * weighted[i * LANES + b];
  }
#pragma clang loop unroll(full)
  for (size_t b = 0; b < LANES; b++)
#pragma clang loop unroll(full)
    for (size_t a = 0; a < tall; a++) STORE(sums + (b * tall + a) * LANES, sum[b][a]);
}

GRAM_TARGET static void GRAM(any_panel_tile)(const double *x, size_t tall, size_t stride, const double *weighted,
                                             size_t n, double *sums) {
  switch (tall) {
    case 1:
      GRAM(panel_tile)(x, 1, stride, weighted, n, sums);
      return;
    case 2:
      GRAM(panel_tile)(x, 2, stride, weighted, n, sums);
      return;
    default:
      GRAM(panel_tile)(x, 3, stride, weighted, n, sums);
  }
}

// Adds the products of a block to score and to the lower triangle of gram; w NULL: 1, r NULL: no score.
GRAM_TARGET static void GRAM(panels)(const double *const *x, size_t p, const double *w, const double *r, size_t n,
                                     double *score, double *gram, double *scratch) {
  const size_t stride = ph_panel_stride(n, LANES), count = (p + LANES - 1) / LANES;
  double *weighted = scratch + count * stride;
  for (size_t q = 0; q < count; q++) {
    const size_t first = q * LANES, columns = p - first < LANES ? p - first : LANES;
    double *panel = scratch + q * stride, sums[LANES];
    GRAM(panel)(x + first, columns, n, panel);
    if (!r) continue;
    GRAM(panel_score)(panel, r, n, sums);
    for (size_t lane = 0; lane < columns; lane++) score[first + lane] += sums[lane];
  }
  // Panels by groups that stay in the second-level cache while all weighted ones pass by.
  for (size_t group = 0; group < count; group += PANEL_GROUP / LANES) {
    const size_t end = group + PANEL_GROUP / LANES < count ? group + PANEL_GROUP / LANES : count;
    for (size_t q = 0; q < end; q++) {
      const double *panel = scratch + q * stride;
      if (w) {
        for (size_t i = 0; i < n; i++) STORE(weighted + i * LANES, w[i] * LOAD(panel + i * LANES));
        panel = weighted;
      }
      size_t tall;
      for (size_t k = q > group ? q : group; k < end; k += tall) {
        // Two tiles of two rather than one of three and one of one.
        tall = end - k == 4 ? 2 : end - k < 3 ? end - k : 3;
        double sums[3 * LANES * LANES];
        // What the tile will be added to is on its way meanwhile.
        for (size_t b = 0; b < LANES && q * LANES + b < p; b++)
          for (size_t row = 0; row < tall * LANES && k * LANES + row < p; row += VEC)
            __builtin_prefetch(gram + (q * LANES + b) * p + k * LANES + row, 1, 3);
        GRAM(any_panel_tile)(scratch + k * stride, tall, stride, panel, n, sums);
        const size_t top = k * LANES, bottom = top + tall * LANES < p ? top + tall * LANES : p;
        for (size_t b = 0; b < LANES && q * LANES + b < p; b++) {
          const size_t diagonal = q * LANES + b, from = top > diagonal ? top : diagonal;
          double *column = gram + diagonal * p;
          const double *source = sums + b * tall * LANES - top;
          size_t row = from;
          for (; row + LANES <= bottom; row += LANES) STORE(column + row, LOAD(column + row) + LOAD(source + row));
          for (; row < bottom; row++) column[row] += source[row];
        }
      }
    }
  }
}

#undef LOAD
#undef STORE
#undef GRAM
#undef GRAM_TARGET
#undef LANES
#undef TALL
