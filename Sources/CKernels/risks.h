// Risks of death in many futures, the rows of up to eight origins at a time.
#pragma once
#include "elementary.h"

enum { TERMS = 10, CERTAIN = 0 };

// (1 - exp(-y)) / y for |y| <= bound by a polynomial through the Chebyshev nodes of that range: relative error below
// 4e-11.
typedef struct {
  int terms;
  double bound, c[TERMS];
} approximation;
static const approximation approximations[] = {
    {3, 0x1.8p-10, {0x1p+0, -0x1.000002400002p-1, 0x1.5555572222235p-3}},
    {4, 0x1.cp-7, {0x1.ffffffffaff76p-1, -0x1.ffffffffe5527p-2, 0x1.555626669bc17p-3, -0x1.5555e0b6260e4p-5}},
    {5,
     0x1.ap-5,
     {0x1p+0, -0x1.ffffffce697ddp-2, 0x1.555555472a609p-3, -0x1.555eb8ffe4012p-5, 0x1.11166e938051bp-7}},
    {6,
     0x1.1p-3,
     {0x1.00000000256dfp+0, -0x1.00000000095b5p-1, 0x1.555550abc0fefp-3, -0x1.5555530095fa1p-5, 0x1.113d1ded3e84ep-7,
      -0x1.6c42cda922b0ap-10}},
    {8,
     0x1.cp-2,
     {0x1.ffffffffc03bcp-1, -0x1.fffffffff3411p-2, 0x1.555555fbe5e39p-3, -0x1.55555597ebd2ap-5, 0x1.111001344110ep-7,
      -0x1.6c15e80bb144cp-10, 0x1.a251b94fa69f8p-13, -0x1.a1dfffce5bdc2p-16}},
    {10,
     0x1.ep-1,
     {0x1.000000001c9d9p+0, -0x1.0000000004c28p-1, 0x1.5555552277877p-3, -0x1.555555446960bp-5, 0x1.11112dfca8ed3p-7,
      -0x1.6c16d4aa665f5p-10, 0x1.a00300c22dc92p-13, -0x1.a00ab27a4ff27p-16, 0x1.7953033ed1047p-19,
      -0x1.2cdbd70af006ep-22}},
};
enum { APPROXIMATIONS = sizeof approximations / sizeof approximations[0] };

// The risks of neighbouring origins as polynomials in the deviation g: q + g (c[0] + c[1] g + ...).
typedef struct {
  double q[VEC], mu[VEC], c[TERMS][VEC];
  double bound;
  int terms;
  int beyond;  // whether any lane lies outside the polynomial's range
} risk_series;

PH_BODY void risk_series_of(const ph_ageing *s, size_t origin, size_t count, uint8_t choice, risk_series *e) {
  vec q = count == VEC ? load(s->q + origin) : load_part(s->q + origin, count, 1);
  vec mu = count == VEC ? load(s->mu + origin) : load_part(s->mu + origin, count, 0);
  store(e->q, q);
  store(e->mu, mu);
  e->terms = CERTAIN;
  e->beyond = 0;
  if (s->most == 0) return;
  if (choice >= APPROXIMATIONS) {
    e->beyond = 1;
    e->bound = -1;
    return;
  }
  const approximation *a = approximations + choice;
  e->terms = a->terms;
  e->bound = a->bound;
  vec product = 1.0 - q;
  for (int k = 0; k < e->terms; k++) {
    product = product * mu;
    store(e->c[k], product * a->c[k]);
  }
  // The choice holds for all deviations of up to 1.
  if (!(s->most <= 1))
    for (size_t r = 0; r < count; r++) e->beyond |= !(e->mu[r] * s->largest[s->row[origin + r]] <= e->bound);
}

// The rows of a series in `lanes` futures, a constant as is `beyond`; `terms` are those of the series. Lanes beyond the
// polynomial take the exponential itself, each for itself, so that none depends on those beside it.
PH_BODY void series_rows(const ph_ageing *s, const risk_series *e, size_t origin, size_t count, size_t lane,
                         size_t lanes, int terms, int beyond, double *risks, size_t stride) {
  for (size_t r = 0; r < count; r++) {
    const double *g = s->deviation + (size_t)s->row[origin + r] * s->lanes + lane;
    for (size_t k = 0; k < lanes; k += VEC) {
      vec deviation = load(g + k), sum = all(0);
      if (terms > 0) sum = all(e->c[terms - 1][r]);
      for (int i = terms - 2; i >= 0; i--) sum = sum * deviation + e->c[i][r];
      sum = terms > 0 ? sum * deviation + e->q[r] : all(e->q[r]);
      if (beyond) {
        vec y = e->mu[r] * deviation;
        sum = choose((y <= e->bound) & (y >= -e->bound), sum, (1.0 - e->q[r]) * (1.0 - exp_of(-y)) + e->q[r]);
      }
      store(risks + r * stride + k, sum);
    }
  }
}

// The risks of up to eight origins, rows `stride` apart.
PH_BODY void risk_rows(const ph_ageing *s, size_t origin, size_t count, uint8_t choice, size_t lane, size_t lanes,
                       double *risks, size_t stride) {
  risk_series e;
  risk_series_of(s, origin, count, choice, &e);
#define SERIES(terms, beyond) series_rows(s, &e, origin, count, lane, lanes, terms, beyond, risks, stride)
  if (e.beyond) {
    SERIES(e.terms, 1);
    return;
  }
  switch (e.terms) {
    case 3: SERIES(3, 0); break;
    case 4: SERIES(4, 0); break;
    case 5: SERIES(5, 0); break;
    case 6: SERIES(6, 0); break;
    case 8: SERIES(8, 0); break;
    case 10: SERIES(10, 0); break;
    default: SERIES(CERTAIN, 0); break;
  }
#undef SERIES
}
