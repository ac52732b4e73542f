#include "elementary.h"

// q + (1 - q)(1 - exp(-mu g)) along a row by the first `terms` terms of its Taylor series in g. Lanes with |mu g| > bound
// take the exponential itself, each for itself, so that none depends on those beside it; without `beyond` there are none.
PH_BODY void risk_row(const double *g, size_t lanes, double q, double mu, double bound, int terms, int beyond,
                      double *risk) {
  static const double inverse[10] = {1, -1.0 / 2, -1.0 / 3, -1.0 / 4, -1.0 / 5, -1.0 / 6, -1.0 / 7, -1.0 / 8,
                                     -1.0 / 9, -1.0 / 10};
  const double p = 1 - q;
  double c[10], product = p;
  for (int k = 0; k < terms; k++) c[k] = product *= mu * inverse[k];
  for (size_t lane = 0; lane < lanes; lane += VEC) {
    vec deviation = load(g + lane), sum = all(c[terms - 1]);
    for (int k = terms - 2; k >= 0; k--) sum = sum * deviation + c[k];
    sum = sum * deviation + q;
    if (beyond) {
      vec y = mu * deviation;
      sum = choose((y <= bound) & (y >= -bound), sum, p * (1.0 - exp_of(-y)) + q);
    }
    store(risk + lane, sum);
  }
}

// The series leaves an error below 5e-11 of what it adds to q.
PH_BODY void risk_rows(const ph_ageing *s, size_t first, size_t end, double *risks) {
  const size_t lanes = s->lanes;
  for (size_t origin = first; origin < end; origin++) {
    const double *g = s->deviation + (size_t)s->row[origin] * lanes;
    double *risk = risks + (origin - first) * lanes;
    double q = s->q[origin], mu = s->mu[origin], largest = s->largest[s->row[origin]], most = mu * largest;
    if (largest == 0 || q >= 1) {
      for (size_t lane = 0; lane < lanes; lane += VEC) store(risk + lane, all(q));
    }
    // Deviations of up to a half are met by the series that mu calls for.
#define SERIES(limit, terms)                                                                                           \
  else if (mu <= 2 * limit) {                                                                                          \
    if (most <= limit) risk_row(g, lanes, q, mu, limit, terms, 0, risk);                                               \
    else risk_row(g, lanes, q, mu, limit, terms, 1, risk);                                                             \
  }
    SERIES(0x1p-10, 3)
    SERIES(0x1p-7, 4)
    SERIES(0x1p-5, 5)
    SERIES(0x1p-4, 6)
    SERIES(0x1p-2, 8)
#undef SERIES
    else risk_row(g, lanes, q, mu, -1, 1, 1, risk);
  }
}

// What a column of up to two vectors carries from age to age, and the signs of all people it has met (-0 counts as below
// 0, which costs a look and changes nothing).
enum { WIDE = 2 };
typedef struct {
  vec level[WIDE], carried[WIDE], died[WIDE], born[WIDE];
  bits signs[WIDE];
} column;

// Ages `first` up to `end` of the lanes of a column; those of the last group who stay in it are taken in where it is
// `open`. The last six arguments are constants of the caller.
PH_BODY void age_column(const ph_ageing *s, size_t first, size_t end, size_t lane, double *people, const double *risks,
                        double *death_cells, double *birth_cells, column *c, size_t width, int rates, int late,
                        int mothers_move, int mothers, int open) {
  const size_t lanes = s->lanes;
  for (size_t x = first; x < end; x++)
    for (size_t k = 0; k < width; k++) {
      size_t cell = x * lanes + lane + k * VEC;
      vec start = load(people + cell);
      vec base = rates ? s->net[x] * start : all(s->net[x]);
      vec joining = s->spread[x] * c->level[k] + base;
      vec exposed = late ? start : start + joining;
      // Rounded before it is taken away, as deaths are counted.
      vec lost = exposed * load(risks + lanes + cell);
      vec stayed = exposed - lost;
      vec carried = open ? c->carried[k] + stayed : c->carried[k];
      vec after = carried + joining;
      if (mothers) {
        vec women = ((mothers_move ? exposed : start) + (late ? carried : after)) * 0.5;
        vec children = s->fertility[x] * women;
        c->born[k] = c->born[k] + children;
        if (birth_cells) store(birth_cells + cell, children);
      }
      c->signs[k] |= (bits)after;
      store(people + cell, after);
      c->died[k] = c->died[k] + lost;
      if (death_cells) store(death_cells + lanes + cell, lost);
      c->carried[k] = stayed;
    }
}

// All ages of a column, births where there are any: from `youngest` up to `oldest`, rates between of 0 add nothing.
PH_BODY int age_lanes(const ph_ageing *s, size_t lane, double *people, double *deaths, double *births,
                      double *death_cells, double *birth_cells, const double *risks, size_t youngest, size_t oldest,
                      size_t width, int rates, int late, int mothers_move) {
  const size_t n = s->ages, closed = n - 1;
  column c = {0};
  for (size_t k = 0; k < width; k++) c.level[k] = load(s->level + lane + k * VEC);
#define AGES(first, end, mothers, open)                                                                                \
  age_column(s, first, end, lane, people, risks, death_cells, birth_cells, &c, width, rates, late, mothers_move,       \
             mothers, open)
  AGES(0, 1, 0, 0);
  // Group 0 waits for the newborns before it is judged.
  for (size_t k = 0; k < width; k++) c.signs[k] = (bits){0};
  AGES(1, youngest < closed ? youngest : closed, 0, 0);
  AGES(youngest > 1 ? youngest : 1, oldest < closed ? oldest : closed, 1, 0);
  AGES(oldest > 1 ? oldest : 1, closed, 0, 0);
  if (oldest == n) AGES(closed, n, 1, 1);
  else AGES(closed, n, 0, 1);
#undef AGES
  bits signs = {0};
  for (size_t k = 0; k < width; k++) {
    store(deaths + lane + k * VEC, c.died[k]);
    if (s->fertility) store(births + lane + k * VEC, c.born[k]);
    signs |= c.signs[k];
  }
  return any((mask)signs < 0);
}

PH_BODY int age_all(const ph_ageing *s, double *people, double *deaths, double *births, double *death_cells,
                    double *birth_cells, const double *risks, int rates, int late, int mothers_move) {
  const size_t n = s->ages;
  size_t youngest = n, oldest = 0;
  for (size_t x = 0; s->fertility && x < n; x++)
    if (s->fertility[x] != 0) {
      if (youngest == n) youngest = x;
      oldest = x + 1;
    }
  if (youngest == n) youngest = oldest = n - 1;
  if (birth_cells) memset(birth_cells, 0, n * s->lanes * sizeof(double));
  int below = 0;
  size_t lane = 0;
  for (; lane + WIDE * VEC <= s->lanes; lane += WIDE * VEC)
    below |= age_lanes(s, lane, people, deaths, births, death_cells, birth_cells, risks, youngest, oldest, WIDE, rates,
                       late, mothers_move);
  for (; lane < s->lanes; lane += VEC)
    below |= age_lanes(s, lane, people, deaths, births, death_cells, birth_cells, risks, youngest, oldest, 1, rates,
                       late, mothers_move);
  return below;
}

PH_BODY int ph_age_body(const ph_ageing *s, double *people, double *deaths, double *births, double *death_cells,
                        double *birth_cells, double *risks) {
  risk_rows(s, 1, s->ages + 1, risks + s->lanes);
  if (s->rates)
    return age_all(s, people, deaths, births, death_cells, birth_cells, risks, 1, s->late, s->mothers_move);
  if (s->late) return age_all(s, people, deaths, births, death_cells, birth_cells, risks, 0, 1, 0);
  if (s->mothers_move) return age_all(s, people, deaths, births, death_cells, birth_cells, risks, 0, 0, 1);
  return age_all(s, people, deaths, births, death_cells, birth_cells, risks, 0, 0, 0);
}
PH_KERNEL(int, ph_age,
          (const ph_ageing *s, double *people, double *deaths, double *births, double *death_cells,
           double *birth_cells, double *risks),
          (s, people, deaths, births, death_cells, birth_cells, risks))

PH_BODY int ph_newborns_body(const ph_ageing *s, const double *born, double *people, double *deaths,
                             double *death_cells, double *risks) {
  risk_rows(s, 0, 1, risks);
  mask below = {0};
  for (size_t lane = 0; lane < s->lanes; lane += VEC) {
    vec alive = load(born + lane);
    vec lost = alive * load(risks + lane);
    vec stayed = alive - lost;
    vec youngest = stayed + load(people + lane);
    store(people + lane, youngest);
    store(deaths + lane, load(deaths + lane) + lost);
    if (death_cells) store(death_cells + lane, lost);
    below |= youngest < 0.0;
  }
  return any(below);
}
PH_KERNEL(int, ph_newborns,
          (const ph_ageing *s, const double *born, double *people, double *deaths, double *death_cells,
           double *risks),
          (s, born, people, deaths, death_cells, risks))

PH_BODY void ph_risks_body(const ph_ageing *s, double *risks) { risk_rows(s, 0, s->ages + 1, risks); }
PH_KERNEL(void, ph_risks, (const ph_ageing *s, double *risks), (s, risks))

PH_BODY double ph_hazard_deviation_body(const double *loadings, const double *paths, size_t factors, size_t lanes,
                                        double *out) {
  vec largest = all(0);
  for (size_t lane = 0; lane < lanes; lane += VEC) {
    vec change = all(0);
    for (size_t f = 0; f < factors; f++) change = loadings[f] * load(paths + f * lanes + lane) + change;
    vec g = exp_of(change) - 1.0;
    store(out + lane, g);
    vec size = choose(g < 0.0, -g, g);
    // Not a number counts as the largest.
    largest = choose(size <= largest, largest, size);
  }
  double most = 0;
  for (size_t i = 0; i < VEC; i++) most = largest[i] <= most ? most : largest[i];
  return most;
}
PH_KERNEL(double, ph_hazard_deviation,
          (const double *loadings, const double *paths, size_t factors, size_t lanes, double *out),
          (loadings, paths, factors, lanes, out))

// Sums of `width` vectors side by side, so that additions need not wait for each other.
PH_BODY void sum_columns(const double *rows, const double *weights, size_t count, size_t lanes, int add, size_t width,
                         double *sums) {
  vec sum[4];
  for (size_t k = 0; k < width; k++) sum[k] = add ? load(sums + k * VEC) : all(0);
  if (weights)
    for (size_t x = 0; x < count; x++)
      for (size_t k = 0; k < width; k++) sum[k] = sum[k] + weights[x] * load(rows + x * lanes + k * VEC);
  else
    for (size_t x = 0; x < count; x++)
      for (size_t k = 0; k < width; k++) sum[k] = sum[k] + load(rows + x * lanes + k * VEC);
  for (size_t k = 0; k < width; k++) store(sums + k * VEC, sum[k]);
}

PH_BODY void ph_sum_rows_body(const double *rows, const double *weights, size_t count, size_t lanes, int add,
                              double *sums) {
  size_t lane = 0;
  for (; lane + 4 * VEC <= lanes; lane += 4 * VEC) sum_columns(rows + lane, weights, count, lanes, add, 4, sums + lane);
  for (; lane < lanes; lane += VEC) sum_columns(rows + lane, weights, count, lanes, add, 1, sums + lane);
}
PH_KERNEL(void, ph_sum_rows,
          (const double *rows, const double *weights, size_t count, size_t lanes, int add, double *sums),
          (rows, weights, count, lanes, add, sums))

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
