#include "kernel.h"

// A multiplication is never fused with the addition after it: these kernels give the bits of the same formulas in Swift,
// on every processor.
#pragma clang fp contract(off)

#define NOT_A_NUMBER __builtin_nan("")
#define WITHOUT_END __builtin_inf()

PH_BODY vec square_root(vec x) { return __builtin_elementwise_sqrt(x); }

PH_BODY vec smaller(vec a, vec b) { return choose(b < a, b, a); }
PH_BODY vec larger(vec a, vec b) { return choose(b >= a, b, a); }

PH_BODY size_t count_lanes(mask condition) {
  size_t count = 0;
  for (size_t lane = 0; lane < VEC; lane++) count += condition[lane] != 0;
  return count;
}

// Up to eight rows from `i` on: the proportions of x among n and their limits at each level. In which rows there is none?
PH_BODY mask wilson_rows(vec x, vec n, size_t i, size_t rows, double multiplier, const double *z, size_t levels,
                         double *value, double *const *lower, double *const *upper) {
  mask proper = (x >= all(0)) & (x <= n) & (n > all(0)) & (n < all(WITHOUT_END));
  vec p = choose(proper, x / n, all(NOT_A_NUMBER));
  store_part(value + i, p * multiplier, rows);
  for (size_t level = 0; level < levels; level++) {
    double square = z[level] * z[level];
    vec root = square_root(0.25 * square + x * (1 - p));
    vec sum = (x + 0.5 * square) + z[level] * root;
    vec low = smaller(x * p / sum, p);
    vec high = smaller(larger(sum / (n + square), p), all(1));
    store_part(lower[level] + i, low * multiplier, rows);
    store_part(upper[level] + i, high * multiplier, rows);
  }
  return ~proper;
}

PH_BODY size_t ph_wilson_body(const double *x, const double *n, size_t rows, double multiplier, const double *z,
                              size_t levels, double *value, double *const *lower, double *const *upper) {
  size_t i = 0;
  mask improper = {0};
  for (; i + VEC <= rows; i += VEC)
    improper |= wilson_rows(load(x + i), load(n + i), i, VEC, multiplier, z, levels, value, lower, upper);
  if (i < rows)
    improper |= wilson_rows(load_part(x + i, rows - i, 0), load_part(n + i, rows - i, 1), i, rows - i, multiplier, z,
                            levels, value, lower, upper);
  return count_lanes(improper);
}
PH_KERNEL(size_t, ph_wilson,
          (const double *x, const double *n, size_t rows, double multiplier, const double *z, size_t levels,
           double *value, double *const *lower, double *const *upper),
          (x, n, rows, multiplier, z, levels, value, lower, upper))

// What Byar's limits of a count have in common at every level.
typedef struct {
  vec count, next, low_centre, low_root, high_centre, high_root;
} byar_terms;

PH_BODY byar_terms byar(vec x) {
  vec next = x + 1;
  return (byar_terms){x, next, 1 - 1 / (9 * x), 3 * square_root(x), 1 - 1 / (9 * next), 3 * square_root(next)};
}

PH_BODY vec byar_low(byar_terms t, double z) {
  vec below = t.low_centre - z / t.low_root;
  return smaller(choose(below < all(0), all(0), t.count * (below * below * below)), t.count);
}

PH_BODY vec byar_high(byar_terms t, double z) {
  vec above = t.high_centre + z / t.high_root;
  return larger(t.next * (above * above * above), t.count);
}

// Up to eight rows from `i` on: rates and Byar's limits. Which rows have fewer than `fewest` events or no figure?
PH_BODY mask byar_rows(vec x, vec n, size_t i, size_t rows, double fewest, double multiplier, const double *z,
                       size_t levels, double *value, double *const *lower, double *const *upper) {
  vec rate = x / n * multiplier;
  mask usual = (x >= all(fewest)) & (n > all(0)) & (n < all(WITHOUT_END)) & (rate < all(WITHOUT_END));
  store_part(value + i, rate, rows);
  byar_terms terms = byar(x);
  for (size_t level = 0; level < levels; level++) {
    vec low = byar_low(terms, z[level]);
    vec high = byar_high(terms, z[level]) / n * multiplier;
    usual &= high < all(WITHOUT_END);
    store_part(lower[level] + i, low / n * multiplier, rows);
    store_part(upper[level] + i, high, rows);
  }
  return ~usual;
}

PH_BODY size_t ph_byar_body(const double *x, const double *n, size_t rows, double fewest, double multiplier,
                            const double *z, size_t levels, double *value, double *const *lower,
                            double *const *upper) {
  size_t i = 0;
  mask unusual = {0};
  for (; i + VEC <= rows; i += VEC)
    unusual |= byar_rows(load(x + i), load(n + i), i, VEC, fewest, multiplier, z, levels, value, lower, upper);
  if (i < rows)
    unusual |= byar_rows(load_part(x + i, rows - i, fewest), load_part(n + i, rows - i, 1), i, rows - i, fewest,
                         multiplier, z, levels, value, lower, upper);
  return count_lanes(unusual);
}
PH_KERNEL(size_t, ph_byar,
          (const double *x, const double *n, size_t rows, double fewest, double multiplier, const double *z,
           size_t levels, double *value, double *const *lower, double *const *upper),
          (x, n, rows, fewest, multiplier, z, levels, value, lower, upper))

// Eight numbers, lane by lane those of the rows that stand at `place` in the table rows from each lane's start on.
PH_BODY vec pick(const double *x, const int32_t *table, const size_t *starts, size_t place) {
  vec picked;
  for (size_t lane = 0; lane < VEC; lane++) picked[lane] = x[table[starts[lane] + place]];
  return picked;
}

// Where the cells of up to eight groups start; lanes without a group take the first one's.
PH_BODY void start_lanes(size_t group, size_t count, size_t cells, size_t *starts) {
  for (size_t lane = 0; lane < VEC; lane++) starts[lane] = (group + (lane < count ? lane : 0)) * cells;
}

PH_BODY mask finite(vec x) { return (x < all(WITHOUT_END)) & (x > all(-WITHOUT_END)); }

// Up to eight groups from g on. Which have no figure of theirs?
PH_BODY mask dobson_groups(const double *x, const double *n, const int32_t *rows, const double *weights, size_t bands,
                           size_t g, size_t count, double fewest, double multiplier, const double *z, size_t levels,
                           double *events, double *people, double *value, double *const *lower,
                           double *const *upper) {
  size_t starts[VEC];
  start_lanes(g, count, bands, starts);
  vec events_sum = all(0), people_sum = all(0), rate = all(0), variance = all(0);
  mask usual = ~(mask){0};
  for (size_t band = 0; band < bands; band++) {
    vec a = pick(x, rows, starts, band), b = pick(n, rows, starts, band);
    usual &= (a >= all(0)) & (a < all(WITHOUT_END)) & (b > all(0)) & (b < all(WITHOUT_END));
    vec c = weights[band] / b;
    events_sum = events_sum + a;
    people_sum = people_sum + b;
    rate = rate + c * a;
    variance = variance + c * (c * a);
  }
  usual &= (events_sum >= all(fewest)) & finite(rate * multiplier);
  vec scale = square_root(variance / events_sum);
  byar_terms terms = byar(events_sum);
  for (size_t level = 0; level < levels; level++) {
    vec from = (rate + scale * (byar_low(terms, z[level]) - events_sum)) * multiplier;
    vec to = (rate + scale * (byar_high(terms, z[level]) - events_sum)) * multiplier;
    usual &= finite(from) & finite(to);
    store_part(lower[level] + g, from, count);
    store_part(upper[level] + g, to, count);
  }
  store_part(events + g, events_sum, count);
  store_part(people + g, people_sum, count);
  store_part(value + g, choose(usual, rate * multiplier, all(NOT_A_NUMBER)), count);
  return ~usual;
}

PH_BODY size_t ph_dobson_body(const double *x, const double *n, const int32_t *rows, const double *weights,
                              size_t bands, size_t first, size_t groups, double fewest, double multiplier,
                              const double *z, size_t levels, double *events, double *people, double *value,
                              double *const *lower, double *const *upper) {
  mask unusual = {0};
  for (size_t g = first; g < first + groups; g += VEC) {
    size_t count = first + groups - g < VEC ? first + groups - g : VEC;
    unusual |= dobson_groups(x, n, rows, weights, bands, g, count, fewest, multiplier, z, levels, events, people, value,
                             lower, upper);
  }
  return count_lanes(unusual);
}
PH_KERNEL(size_t, ph_dobson,
          (const double *x, const double *n, const int32_t *rows, const double *weights, size_t bands, size_t first,
           size_t groups, double fewest, double multiplier, const double *z, size_t levels, double *events,
           double *people, double *value, double *const *lower, double *const *upper),
          (x, n, rows, weights, bands, first, groups, fewest, multiplier, z, levels, events, people, value, lower,
           upper))

// Up to eight lines from g on, whose columns are `areas` apart. The slope is NaN where one cannot be drawn.
PH_BODY void midpoint_lines(const double *people, const double *values, const double *errors, const int32_t *rows,
                            size_t areas, size_t quantiles, size_t g, size_t count, double *lines) {
  size_t starts[VEC];
  start_lanes(g, count, quantiles, starts);
  vec population = all(0);
  mask usual = ~(mask){0};
  for (size_t q = 0; q < quantiles; q++) {
    vec n = pick(people, rows, starts, q);
    usual &= (n > all(0)) & (n < all(WITHOUT_END));
    population = population + n;
  }
  vec below = all(0), spread = all(0);
  for (size_t q = 0; q < quantiles; q++) {
    vec share = pick(people, rows, starts, q) / population;
    vec offset = below + share / 2 - 0.5;
    spread = spread + share * offset * offset;
    below = below + share;
  }
  below = all(0);
  vec slope = all(0), middle = all(0), slope_variance = all(0), middle_variance = all(0), covariance = all(0);
  for (size_t q = 0; q < quantiles; q++) {
    vec y = pick(values, rows, starts, q), error = pick(errors, rows, starts, q);
    usual &= finite(y) & (error > all(0)) & (error < all(WITHOUT_END));
    vec share = pick(people, rows, starts, q) / population;
    vec lever = share * (below + share / 2 - 0.5) / spread;
    below = below + share;
    vec square = error * error;
    slope = slope + lever * y;
    middle = middle + share * y;
    slope_variance = slope_variance + lever * lever * square;
    middle_variance = middle_variance + share * share * square;
    covariance = covariance + share * lever * square;
  }
  usual &= finite(slope);
  store_part(lines + g, choose(usual, slope, all(NOT_A_NUMBER)), count);
  store_part(lines + areas + g, middle, count);
  store_part(lines + 2 * areas + g, slope_variance, count);
  store_part(lines + 3 * areas + g, middle_variance, count);
  store_part(lines + 4 * areas + g, covariance, count);
  store_part(lines + 5 * areas + g, population, count);
}

PH_BODY void ph_midpoint_lines_body(const double *people, const double *values, const double *errors,
                                      const int32_t *rows, size_t areas, size_t quantiles, double *lines) {
  for (size_t g = 0; g < areas; g += VEC)
    midpoint_lines(people, values, errors, rows, areas, quantiles, g, areas - g < VEC ? areas - g : VEC, lines);
}
PH_KERNEL(void, ph_midpoint_lines,
          (const double *people, const double *values, const double *errors, const int32_t *rows, size_t areas,
           size_t quantiles, double *lines),
          (people, values, errors, rows, areas, quantiles, lines))

// Up to eight areas from g on, whose columns are `areas` apart. The slope is NaN where one of the figures is not to be
// had.
PH_BODY void fieller_areas(const double *lines, size_t areas, size_t g, size_t count, double multiplier,
                           const double *z, size_t levels, double *columns) {
  vec line[6];
  for (size_t k = 0; k < 6; k++) line[k] = load_part(lines + k * areas + g, count, 1);
  vec s = line[0], m = line[1], s_variance = line[2], m_variance = line[3], covariance = line[4];
  vec bottom = m - s / 2, top = m + s / 2;
  int turned = multiplier < 0;
  vec slope = s * multiplier, over = turned ? bottom : top, under = turned ? top : bottom, ratio = over / under;
  mask usual = finite(slope) & finite(bottom) & (under != all(0)) & finite(ratio);
  vec shared = m_variance + s_variance / 4;
  vec end_variance = turned ? shared + covariance : shared - covariance;
  vec turning = s * s * m_variance - 2 * s * m * covariance + m * m * s_variance;
  vec determinant = m_variance * s_variance - covariance * covariance;
  for (size_t level = 0; level < levels; level++) {
    double square = z[level] * z[level], *limits = columns + (4 + 4 * level) * areas + g;
    vec reach = z[level] * square_root(s_variance);
    vec one = (s - reach) * multiplier, other = (s + reach) * multiplier;
    vec clearance = under * under - square * end_variance;
    vec product = top * bottom - square * (m_variance - s_variance / 4);
    vec root = square_root(larger(all(0), square * turning - square * square * determinant));
    vec from = (product - root) / clearance, to = (product + root) / clearance;
    usual &= finite(one) & finite(other) & (clearance > all(0)) & finite(from) & finite(to);
    store_part(limits, smaller(one, other), count);
    store_part(limits + areas, larger(one, other), count);
    store_part(limits + 2 * areas, from, count);
    store_part(limits + 3 * areas, to, count);
  }
  store_part(columns + g, choose(usual, slope, all(NOT_A_NUMBER)), count);
  store_part(columns + areas + g, ratio, count);
  store_part(columns + 2 * areas + g, bottom, count);
  store_part(columns + 3 * areas + g, line[5], count);
}

PH_BODY void ph_fieller_body(const double *lines, size_t areas, double multiplier, const double *z, size_t levels,
                               double *columns) {
  for (size_t g = 0; g < areas; g += VEC)
    fieller_areas(lines, areas, g, areas - g < VEC ? areas - g : VEC, multiplier, z, levels, columns);
}
PH_KERNEL(void, ph_fieller,
          (const double *lines, size_t areas, double multiplier, const double *z, size_t levels, double *columns),
          (lines, areas, multiplier, z, levels, columns))
