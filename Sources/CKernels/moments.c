#include "kernel.h"

// Swaps rows and columns of eight vectors, in registers: pairs of lanes, then pairs of those, then halves.
PH_BODY void transpose(vec v[VEC]) {
  vec a[VEC];
  for (size_t i = 0; i < VEC; i += 2) {
    a[i] = __builtin_shufflevector(v[i], v[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    a[i + 1] = __builtin_shufflevector(v[i], v[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  vec b[VEC];
  for (size_t i = 0; i < VEC; i += 4) {
    for (size_t j = i; j < i + 2; j++) {
      b[j] = __builtin_shufflevector(a[j], a[j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      b[j + 2] = __builtin_shufflevector(a[j], a[j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  }
  for (size_t i = 0; i < 4; i++) {
    v[i] = __builtin_shufflevector(b[i], b[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    v[i + 4] = __builtin_shufflevector(b[i], b[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
}

// Adds the eight lines of eight rows to the lines of their cells; rows of one cell follow each other through memory.
PH_BODY void add_lines(const int32_t *cell, vec columns[VEC], double *table, size_t stride) {
  transpose(columns);
  for (size_t lane = 0; lane < VEC; lane++) {
    double *moments = table + (size_t)cell[lane] * stride;
    store(moments, load(moments) + columns[lane]);
  }
}

PH_BODY void ph_moment_table_body(const int32_t *cell, const double *const *x, size_t k, const double *w,
                                  const double *r, size_t n, double *table, size_t stride) {
  size_t i = 0;
  for (; i + VEC <= n; i += VEC) {
    vec weight = load(w + i), columns[VEC];
    columns[0] = weight;
    columns[1] = load(r + i);
    for (size_t c = 2; c < VEC; c++) columns[c] = c - 2 < k ? weight * load(x[c - 2] + i) : all(0);
    add_lines(cell + i, columns, table, stride);
    // Columns past k + 2 stay 0.
    for (size_t first = VEC; first < k + 2; first += VEC) {
      for (size_t c = 0; c < VEC; c++)
        columns[c] = first + c - 2 < k ? weight * load(x[first + c - 2] + i) : all(0);
      add_lines(cell + i, columns, table + first, stride);
    }
  }
  for (; i < n; i++) {
    double *moments = table + (size_t)cell[i] * stride;
    moments[0] += w[i];
    moments[1] += r[i];
    for (size_t j = 0; j < k; j++) moments[2 + j] += w[i] * x[j][i];
  }
}
PH_KERNEL(void, ph_moment_table,
          (const int32_t *cell, const double *const *x, size_t k, const double *w, const double *r, size_t n,
           double *table, size_t stride),
          (cell, x, k, w, r, n, table, stride))
