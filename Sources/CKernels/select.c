#include <math.h>

#include "kernel.h"

// Order statistics by counting: the numbers fall into 256 equal intervals between the least and the greatest, and only
// those in an interval that holds a wanted rank are looked at again.
enum { INTERVALS = 256, FEW = 48 };

PH_BODY void sort_few(double *x, size_t n) {
  for (size_t i = 1; i < n; i++) {
    double value = x[i];
    size_t j = i;
    for (; j > 0 && x[j - 1] > value; j--) x[j] = x[j - 1];
    x[j] = value;
  }
}

static void sink(double *x, size_t root, size_t n) {
  double value = x[root];
  for (size_t child; (child = 2 * root + 1) < n; root = child) {
    if (child + 1 < n && x[child + 1] > x[child]) child++;
    if (x[child] <= value) break;
    x[root] = x[child];
  }
  x[root] = value;
}

// For numbers that equal intervals do not part.
static void sort_many(double *x, size_t n) {
  for (size_t i = n / 2; i > 0; i--) sink(x, i - 1, n);
  for (size_t end = n - 1; end > 0; end--) {
    double greatest = x[0];
    x[0] = x[end];
    x[end] = greatest;
    sink(x, 0, end);
  }
}

// The interval of each number, from 0 to 255: never lower for a greater number, because every operation is monotone.
PH_BODY void intervals_of(const double *x, size_t n, double least, double scale, uint8_t *interval) {
  typedef uint8_t bytes __attribute__((vector_size(8)));
  size_t i = 0;
  for (; i + VEC <= n; i += VEC) {
    // Rounded to a whole number, which then stands in the low bits.
    vec place = (load(x + i) - least) * scale + 0x1p52;
    bytes low = __builtin_convertvector((bits)place, bytes);
    memcpy(interval + i, &low, sizeof low);
  }
  for (; i < n; i++) {
    double place = (x[i] - least) * scale + 0x1p52;
    uint64_t word;
    memcpy(&word, &place, sizeof word);
    interval[i] = (uint8_t)word;
  }
}

PH_BODY void pick_sorted(const double *x, const size_t *ranks, size_t count, size_t before, double *chosen) {
  for (size_t r = 0; r < count; r++) chosen[r] = x[ranks[r] - before];
}

// Chooses among x, of which `before` smaller ones have been left out. `scratch` holds n doubles for what is collected
// and then n bytes.
PH_BODY void choose_ranks(const double *x, size_t n, double least, double greatest, const size_t *ranks, size_t count,
                          double *chosen, double *scratch) {
  if (least == greatest) {
    for (size_t r = 0; r < count; r++) chosen[r] = least;
    return;
  }
  double scale = (INTERVALS - 1) / (greatest - least);
  uint8_t *interval = (uint8_t *)(scratch + n);
  if (!(scale < INFINITY) || !(scale > 0) || n <= FEW) {
    memcpy(scratch, x, n * sizeof(double));
    if (n <= FEW) sort_few(scratch, n);
    else sort_many(scratch, n);
    pick_sorted(scratch, ranks, count, 0, chosen);
    return;
  }
  intervals_of(x, n, least, scale, interval);
  // Four counts side by side, so that a number need not wait for the one before it.
  uint32_t counts[4][INTERVALS] = {{0}};
  size_t i = 0;
  for (; i + 4 <= n; i += 4)
    for (size_t k = 0; k < 4; k++) counts[k][interval[i + k]]++;
  for (; i < n; i++) counts[0][interval[i]]++;
  // Where the numbers of a wanted interval are collected; others go to the place that is overwritten.
  size_t first[INTERVALS], before[INTERVALS];
  uint8_t wanted[INTERVALS] = {0};
  size_t below = 0, r = 0, collected = 0;
  for (size_t b = 0; b < INTERVALS && r < count; b++) {
    size_t here = (size_t)counts[0][b] + counts[1][b] + counts[2][b] + counts[3][b];
    if (ranks[r] < below + here) {
      wanted[b] = 1;
      first[b] = collected;
      before[b] = below;
      collected += here;
      while (r < count && ranks[r] < below + here) r++;
    }
    below += here;
  }
  size_t next[INTERVALS];
  for (size_t b = 0; b < INTERVALS; b++)
    if (wanted[b]) next[b] = first[b];
  for (i = 0; i < n; i++)
    if (__builtin_expect(wanted[interval[i]], 0)) scratch[next[interval[i]]++] = x[i];
  r = 0;
  for (size_t b = 0; b < INTERVALS && r < count; b++) {
    if (!wanted[b]) continue;
    size_t here = next[b] - first[b], end = r;
    while (end < count && ranks[end] < before[b] + here) end++;
    if (here <= FEW) sort_few(scratch + first[b], here);
    else sort_many(scratch + first[b], here);
    pick_sorted(scratch + first[b], ranks + r, end - r, before[b], chosen + r);
    r = end;
  }
}

PH_BODY ph_moments ph_select_body(const double *x, size_t n, const size_t *ranks, size_t count, double *chosen,
                                  double *scratch) {
  // Sums of the distances from the first number: exact where all are equal, and no cancellation where they are close.
  const double origin = x[0];
  vec sum = all(0), squares = all(0), least = all(origin), greatest = all(origin);
  size_t i = 0;
  for (; i < n; i += VEC) {
    vec value = i + VEC <= n ? load(x + i) : load_part(x + i, n - i, origin);
    vec distance = value - origin;
    sum = sum + distance;
    squares = distance * distance + squares;
    least = choose(value < least, value, least);
    greatest = choose(value > greatest, value, greatest);
  }
  ph_moments m = {0, 0, origin, origin};
  double shift = total(sum) / (double)n;
  m.mean = origin + shift;
  m.variance = total(squares) / (double)n - shift * shift;
  if (!(m.variance > 0)) m.variance = 0;
  for (size_t k = 0; k < VEC; k++) {
    if (least[k] < m.least) m.least = least[k];
    if (greatest[k] > m.greatest) m.greatest = greatest[k];
  }
  choose_ranks(x, n, m.least, m.greatest, ranks, count, chosen, scratch);
  return m;
}
PH_KERNEL(ph_moments, ph_select,
          (const double *x, size_t n, const size_t *ranks, size_t count, double *chosen, double *scratch),
          (x, n, ranks, count, chosen, scratch))
