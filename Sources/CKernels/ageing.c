#include "risks.h"

// What four vectors side by side carry from age to age, and the signs of all people they have met (-0 counts as below 0,
// which costs a look and changes nothing).
enum { WIDE = 4, COLUMN = WIDE * VEC };
_Static_assert(COLUMN == PH_LANES, "a column is as wide as the header says");
typedef struct {
  vec level[WIDE], carried[WIDE], died[WIDE], born[WIDE], people[WIDE];
  bits signs;
} column;

typedef struct {
  double *people, *deaths, *births, *death_cells, *birth_cells, *sums;
  size_t sums_stride;
} ageing_rows;

// Age groups `first` up to `end` of a column, none of them or all with mothers; the last five arguments are constants
// where that makes a loop faster.
PH_BODY void age_rows(const ph_ageing *s, size_t first, size_t end, size_t lane, const double *risks,
                      const ageing_rows *to, column *state, int mothers, int rates, int late, int mothers_move,
                      int open) {
  const size_t lanes = s->lanes;
  const double *moves = s->net, *spreads = s->spread, *fertility = s->fertility;
  double *people = to->people, *death_cells = to->death_cells, *birth_cells = to->birth_cells;
  column c = *state;
  for (size_t x = first; x < end; x++) {
    vec net = all(moves[x]), spread = all(spreads[x]), births = all(mothers ? fertility[x] * 0.5 : 0);
    vec after[WIDE];
    for (size_t k = 0; k < WIDE; k++) {
      const size_t cell = x * lanes + lane + k * VEC;
      vec start = load(people + cell);
      vec joining = spread * c.level[k] + (rates ? net * start : net);
      vec exposed = late ? start : start + joining;
      // Rounded before it is taken away, as deaths are counted.
      vec lost = exposed * load(risks + (x - first) * COLUMN + k * VEC);
      vec stayed = exposed - lost;
      vec carried = open ? c.carried[k] + stayed : c.carried[k];
      after[k] = carried + joining;
      store(people + cell, after[k]);
      c.died[k] = c.died[k] + lost;
      c.carried[k] = stayed;
      c.people[k] = c.people[k] + after[k];
      if (mothers) {
        // Halving is exact, of the rate as of the women.
        vec women = (mothers_move ? exposed : start) + (late ? carried : after[k]);
        vec children = births * women;
        c.born[k] = c.born[k] + children;
        if (birth_cells) store(birth_cells + cell, children);
      }
      if (death_cells) store(death_cells + lanes + cell, lost);
    }
    c.signs |= ((bits)after[0] | (bits)after[1]) | ((bits)after[2] | (bits)after[3]);
  }
  *state = c;
}

// All ages of a column; whether any is below 0. The last three arguments are constants where that makes it faster.
PH_BODY int age_column(const ph_ageing *s, size_t lane, const ageing_rows *to, int rates, int late, int mothers_move) {
  const size_t n = s->ages;
  double risks[VEC * COLUMN] __attribute__((aligned(64)));
  column c = {0};
  for (size_t k = 0; k < WIDE; k++) c.level[k] = load(s->level + lane + k * VEC);
  const size_t *segment_end = s->ends;
  double *sums = to->sums + lane;
  for (size_t first = 0; first < n; first += VEC) {
    const size_t group_end = first + VEC < n ? first + VEC : n;
    risk_rows(s, first + 1, group_end - first, s->series[1 + first / VEC], lane, COLUMN, risks, COLUMN);
    for (size_t x = first, end; x < group_end; x = end) {
      end = group_end < *segment_end ? group_end : *segment_end;
      // The first and the open group are by themselves.
      if (x == 0) end = 1;
      if (end == n && x < n - 1) end = n - 1;
      const double *risk = risks + (x - first) * COLUMN;
      const int mothers = s->fertility && x < s->oldest && end > s->youngest;
      if (x == n - 1) age_rows(s, x, end, lane, risk, to, &c, mothers, rates, late, mothers_move, 1);
      else if (mothers) age_rows(s, x, end, lane, risk, to, &c, 1, rates, late, mothers_move, 0);
      else age_rows(s, x, end, lane, risk, to, &c, 0, rates, late, mothers_move, 0);
      // Group 0 waits for the newborns before it is judged and counted.
      if (x == 0) {
        c.signs = (bits){0};
        for (size_t k = 0; k < WIDE; k++) c.people[k] = all(0);
      }
      if (end < *segment_end) continue;
      for (size_t k = 0; k < WIDE; k++) {
        store(sums + k * VEC, c.people[k]);
        c.people[k] = all(0);
      }
      sums += to->sums_stride;
      segment_end++;
    }
  }
  for (size_t k = 0; k < WIDE; k++) {
    store(to->deaths + lane + k * VEC, c.died[k]);
    if (s->fertility) store(to->births + lane + k * VEC, c.born[k]);
  }
  return any((mask)c.signs < 0);
}

PH_BODY int ph_age_body(const ph_ageing *s, double *people, double *deaths, double *births, double *death_cells,
                        double *birth_cells, double *sums, size_t sums_stride) {
  const ageing_rows to = {people, deaths, births, death_cells, birth_cells, sums, sums_stride};
  const ageing_rows whole = {people, deaths, births, NULL, NULL, sums, sums_stride};
  const int ordinary = !s->rates && !s->late && !death_cells && !birth_cells;
  if (birth_cells) memset(birth_cells, 0, s->ages * s->lanes * sizeof(double));
  int below = 0;
  for (size_t lane = 0; lane < s->lanes; lane += COLUMN)
    if (ordinary && s->mothers_move) below |= age_column(s, lane, &whole, 0, 0, 1);
    else if (ordinary) below |= age_column(s, lane, &whole, 0, 0, 0);
    else below |= age_column(s, lane, &to, s->rates, s->late, s->mothers_move);
  return below;
}
PH_KERNEL(int, ph_age,
          (const ph_ageing *s, double *people, double *deaths, double *births, double *death_cells,
           double *birth_cells, double *sums, size_t sums_stride),
          (s, people, deaths, births, death_cells, birth_cells, sums, sums_stride))

PH_BODY int ph_newborns_body(const ph_ageing *s, const double *born, double *people, double *deaths,
                             double *death_cells, double *sums) {
  mask below = {0};
  for (size_t lane = 0; lane < s->lanes; lane += COLUMN) {
    double risks[COLUMN] __attribute__((aligned(64)));
    risk_rows(s, 0, 1, s->series[0], lane, COLUMN, risks, COLUMN);
    for (size_t k = 0; k < COLUMN; k += VEC) {
      vec alive = load(born + lane + k);
      vec lost = alive * load(risks + k);
      vec stayed = alive - lost;
      vec youngest = stayed + load(people + lane + k);
      store(people + lane + k, youngest);
      store(deaths + lane + k, load(deaths + lane + k) + lost);
      if (death_cells) store(death_cells + lane + k, lost);
      store(sums + lane + k, load(sums + lane + k) + youngest);
      below |= youngest < 0.0;
    }
  }
  return any(below);
}
PH_KERNEL(int, ph_newborns,
          (const ph_ageing *s, const double *born, double *people, double *deaths, double *death_cells, double *sums),
          (s, born, people, deaths, death_cells, sums))

PH_BODY void ph_risks_body(const ph_ageing *s, double *risks) {
  for (size_t lane = 0; lane < s->lanes; lane += COLUMN) {
    risk_rows(s, 0, 1, s->series[0], lane, COLUMN, risks + lane, s->lanes);
    for (size_t x = 0; x < s->ages; x += VEC)
      risk_rows(s, x + 1, x + VEC < s->ages ? VEC : s->ages - x, s->series[1 + x / VEC], lane, COLUMN,
                risks + (x + 1) * s->lanes + lane, s->lanes);
  }
}
PH_KERNEL(void, ph_risks, (const ph_ageing *s, double *risks), (s, risks))

void ph_risk_series(const double *mu, size_t ages, uint8_t *series) {
  for (size_t group = 0; group <= (ages + VEC - 1) / VEC; group++) {
    size_t first = group == 0 ? 0 : 1 + (group - 1) * VEC, end = group == 0 ? 1 : first + VEC;
    uint8_t choice = 0;
    for (size_t origin = first; origin < end && origin <= ages; origin++)
      while (choice < APPROXIMATIONS && !(mu[origin] <= approximations[choice].bound)) choice++;
    series[group] = choice;
  }
}

PH_BODY void ph_births_body(double *births, const double *factors, size_t lanes, double ratio, double *born) {
  for (size_t lane = 0; lane < lanes; lane += VEC) {
    vec both = load(births + lane);
    if (factors) both = both * load(factors + lane);
    store(births + lane, both);
    store(born + lane, both / (1 + ratio));
    store(born + lanes + lane, both * ratio / (1 + ratio));
  }
}
PH_KERNEL(void, ph_births, (double *births, const double *factors, size_t lanes, double ratio, double *born),
          (births, factors, lanes, ratio, born))

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
