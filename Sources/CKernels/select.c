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
  typedef uint8_t eight __attribute__((vector_size(8)));
  size_t i = 0;
  for (; i + VEC <= n; i += VEC) {
    // Rounded to a whole number, which then stands in the low bits.
    vec place = (load(x + i) - least) * scale + 0x1p52;
    eight low = __builtin_convertvector((bits)place, eight);
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

// Sorts up to 8 numbers without a branch: each goes to the place of how many are less, or equal and before it.
PH_BODY void sort_eight(double *x, size_t n) {
  const mask order = {0, 1, 2, 3, 4, 5, 6, 7};
  vec values = load_part(x, n, INFINITY);
  mask place = {0};
  for (size_t i = 0; i < n; i++) {
    vec one = all(x[i]);
    place -= (one < values) | ((one == values) & (order > (int64_t)i));
  }
  for (size_t i = 0; i < n; i++) x[place[i]] = values[i];
}

PH_BODY void sort_any(double *x, size_t n) {
  if (n <= VEC) sort_eight(x, n);
  else if (n <= FEW) sort_few(x, n);
  else sort_many(x, n);
}

// A bit a byte, set where the byte is 255.
typedef uint8_t bytes __attribute__((vector_size(64)));
PH_BODY uint64_t bits_of(bytes condition) {
  typedef uint8_t plain __attribute__((ext_vector_type(64)));
  typedef _Bool flags __attribute__((ext_vector_type(64)));
  plain copied;
  memcpy(&copied, &condition, sizeof copied);
  flags set = __builtin_convertvector(copied, flags);
  uint64_t word;
  memcpy(&word, &set, sizeof word);
  return word;
}

// How many numbers fall into each interval.
PH_BODY void count_intervals(const uint8_t *interval, size_t n, uint32_t *counts) {
  typedef uint32_t words __attribute__((vector_size(64)));
  // Four counts side by side, so that a number need not wait for the one before it.
  uint32_t parts[4][INTERVALS] __attribute__((aligned(64))) = {{0}};
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    uint64_t eight;
    memcpy(&eight, interval + i, sizeof eight);
    for (int k = 0; k < 8; k++) parts[k % 4][(eight >> 8 * k) & 255]++;
  }
  for (; i < n; i++) parts[0][interval[i]]++;
  for (size_t b = 0; b < INTERVALS; b += 16) {
    words sum = {0};
    for (int k = 0; k < 4; k++) {
      words part;
      memcpy(&part, parts[k] + b, sizeof part);
      sum += part;
    }
    memcpy(counts + b, &sum, sizeof sum);
  }
}

// An interval with wanted ranks: how many numbers lie below it, and where its own are collected.
typedef struct {
  uint32_t before, first, next;
} bin;

// The intervals that hold the ranks, ascending; `bins` is by interval. Returns how many there are.
PH_BODY size_t wanted_intervals(const uint32_t *counts, const size_t *ranks, size_t count, bin *bins, uint8_t *wanted) {
  enum { BLOCK = 16 };
  size_t b = 0, below = 0, collected = 0, found = 0;
  for (size_t r = 0; r < count;) {
    // Sixteen intervals at a time, then one by one.
    while (b % BLOCK == 0 && b + BLOCK < INTERVALS) {
      uint32_t sum = 0;
      for (size_t k = 0; k < BLOCK; k++) sum += counts[b + k];
      if (ranks[r] < below + sum) break;
      below += sum;
      b += BLOCK;
    }
    for (size_t end = b / BLOCK * BLOCK + BLOCK; b < end && ranks[r] >= below + counts[b]; b++) below += counts[b];
    if (ranks[r] >= below + counts[b % INTERVALS]) continue;
    bins[b] = (bin){(uint32_t)below, (uint32_t)collected, (uint32_t)collected};
    wanted[found++] = (uint8_t)b;
    collected += counts[b];
    while (r < count && ranks[r] < below + counts[b]) r++;
    below += counts[b++];
  }
  return found;
}

// Chooses among x. `scratch` holds n doubles for what is collected and then n bytes.
PH_BODY void choose_ranks(const double *x, size_t n, double least, double greatest, const size_t *ranks, size_t count,
                          double *chosen, double *scratch) {
  if (count == 0) return;
  if (least == greatest) {
    for (size_t r = 0; r < count; r++) chosen[r] = least;
    return;
  }
  double scale = (INTERVALS - 1) / (greatest - least);
  uint8_t *interval = (uint8_t *)(scratch + n);
  if (!(scale < INFINITY) || !(scale > 0) || n <= FEW || n >= UINT32_MAX) {
    memcpy(scratch, x, n * sizeof(double));
    sort_any(scratch, n);
    pick_sorted(scratch, ranks, count, 0, chosen);
    return;
  }
  intervals_of(x, n, least, scale, interval);
  uint32_t counts[INTERVALS] __attribute__((aligned(64)));
  count_intervals(interval, n, counts);
  bin bins[INTERVALS];
  uint8_t wanted[INTERVALS];
  size_t found = wanted_intervals(counts, ranks, count, bins, wanted);
  for (size_t i = 0; i < n; i += sizeof(bytes)) {
    bytes here, any = {0};
    memcpy(&here, interval + i, sizeof here);
    for (size_t w = 0; w < found; w++) any |= (bytes)(here == wanted[w]);
    uint64_t set = bits_of(any);
    if (n - i < sizeof(bytes)) set &= ~(~(uint64_t)0 << (n - i));
    for (; set; set &= set - 1) {
      size_t at = i + (size_t)__builtin_ctzll(set);
      scratch[bins[interval[at]].next++] = x[at];
    }
  }
  for (size_t w = 0, r = 0; w < found; w++) {
    bin b = bins[wanted[w]];
    size_t here = b.next - b.first, end = r;
    while (end < count && ranks[end] < b.before + here) end++;
    sort_any(scratch + b.first, here);
    pick_sorted(scratch + b.first, ranks + r, end - r, b.before, chosen + r);
    r = end;
  }
}

PH_BODY ph_moments ph_select_body(const double *x, size_t n, const size_t *ranks, size_t count, double *chosen,
                                  double *scratch) {
  // Sums of the distances from the first number: exact where all are equal, and no cancellation where they are close.
  const double origin = x[0];
  enum { SIDE = 4 };
  vec sum[SIDE], squares[SIDE], least[SIDE], greatest[SIDE];
  for (int k = 0; k < SIDE; k++) sum[k] = squares[k] = all(0), least[k] = greatest[k] = all(origin);
#define TAKE(k, loaded)                                                                                                \
  do {                                                                                                                 \
    vec value = loaded, distance = value - origin;                                                                     \
    sum[k] = sum[k] + distance;                                                                                        \
    squares[k] = distance * distance + squares[k];                                                                     \
    least[k] = choose(value < least[k], value, least[k]);                                                              \
    greatest[k] = choose(value > greatest[k], value, greatest[k]);                                                     \
  } while (0)
  size_t i = 0;
  for (; i + SIDE * VEC <= n; i += SIDE * VEC)
    for (int k = 0; k < SIDE; k++) TAKE(k, load(x + i + k * VEC));
  for (; i < n; i += VEC) TAKE(0, i + VEC <= n ? load(x + i) : load_part(x + i, n - i, origin));
#undef TAKE
  ph_moments m = {0, 0, origin, origin};
  double shift = total((sum[0] + sum[1]) + (sum[2] + sum[3])) / (double)n;
  m.mean = origin + shift;
  m.variance = total((squares[0] + squares[1]) + (squares[2] + squares[3])) / (double)n - shift * shift;
  if (!(m.variance > 0)) m.variance = 0;
  for (int k = 0; k < SIDE; k++)
    for (size_t lane = 0; lane < VEC; lane++) {
      if (least[k][lane] < m.least) m.least = least[k][lane];
      if (greatest[k][lane] > m.greatest) m.greatest = greatest[k][lane];
    }
  choose_ranks(x, n, m.least, m.greatest, ranks, count, chosen, scratch);
  return m;
}
PH_KERNEL(ph_moments, ph_select,
          (const double *x, size_t n, const size_t *ranks, size_t count, double *chosen, double *scratch),
          (x, n, ranks, count, chosen, scratch))
