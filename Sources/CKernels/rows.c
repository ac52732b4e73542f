#include "kernel.h"

// Sums of `width` vectors side by side, so that additions need not wait for each other.
PH_BODY void sum_columns(const double *rows, size_t stride, const double *weights, size_t count, int add, size_t width,
                         double *sums) {
  vec sum[4];
  for (size_t k = 0; k < width; k++) sum[k] = add ? load(sums + k * VEC) : all(0);
  if (weights)
    for (size_t x = 0; x < count; x++)
      for (size_t k = 0; k < width; k++) sum[k] = sum[k] + weights[x] * load(rows + x * stride + k * VEC);
  else
    for (size_t x = 0; x < count; x++)
      for (size_t k = 0; k < width; k++) sum[k] = sum[k] + load(rows + x * stride + k * VEC);
  for (size_t k = 0; k < width; k++) store(sums + k * VEC, sum[k]);
}

PH_BODY void ph_sum_rows_body(const double *rows, size_t stride, const double *weights, size_t count, size_t lanes,
                              int add, double *sums) {
  size_t lane = 0;
  for (; lane + 4 * VEC <= lanes; lane += 4 * VEC)
    sum_columns(rows + lane, stride, weights, count, add, 4, sums + lane);
  for (; lane < lanes; lane += VEC) sum_columns(rows + lane, stride, weights, count, add, 1, sums + lane);
}
PH_KERNEL(void, ph_sum_rows,
          (const double *rows, size_t stride, const double *weights, size_t count, size_t lanes, int add,
           double *sums),
          (rows, stride, weights, count, lanes, add, sums))

PH_BODY void ph_multiply_body(const double *a, const double *b, size_t n, double *out) {
  size_t i = 0;
  for (; i + VEC <= n; i += VEC) store(out + i, load(a + i) * load(b + i));
  if (i < n) store_part(out + i, load_part(a + i, n - i, 0) * load_part(b + i, n - i, 0), n - i);
}
PH_KERNEL(void, ph_multiply, (const double *a, const double *b, size_t n, double *out), (a, b, n, out))

PH_BODY void ph_place_rows_body(const double *rows, size_t count, size_t lanes, int add, double *out, size_t stride) {
  for (size_t x = 0; x < count; x++)
    for (size_t lane = 0; lane < lanes; lane += VEC) {
      vec row = load(rows + x * lanes + lane);
      store(out + x * stride + lane, add ? load(out + x * stride + lane) + row : row);
    }
}
PH_KERNEL(void, ph_place_rows,
          (const double *rows, size_t count, size_t lanes, int add, double *out, size_t stride),
          (rows, count, lanes, add, out, stride))

PH_BODY void ph_fill_rows_body(const double *values, size_t count, size_t lanes, double *out) {
  for (size_t x = 0; x < count; x++)
    for (size_t lane = 0; lane < lanes; lane += VEC) store(out + x * lanes + lane, all(values[x]));
}
PH_KERNEL(void, ph_fill_rows, (const double *values, size_t count, size_t lanes, double *out),
          (values, count, lanes, out))

PH_BODY void ph_clip_rows_body(double *rows, size_t count, size_t lanes, double *added) {
  for (size_t lane = 0; lane < lanes; lane += VEC) {
    vec more = load(added + lane);
    for (size_t x = 0; x < count; x++) {
      vec value = load(rows + x * lanes + lane);
      mask below = value < 0.0;
      more = choose(below, more - value, more);
      store(rows + x * lanes + lane, choose(below, all(0), value));
    }
    store(added + lane, more);
  }
}
PH_KERNEL(void, ph_clip_rows, (double *rows, size_t count, size_t lanes, double *added), (rows, count, lanes, added))
