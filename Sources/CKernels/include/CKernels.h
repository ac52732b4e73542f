// The hot loops that Swift cannot vectorise portably. No state, no allocation; any number of threads may call them.
//
// Every kernel comes in two versions of the same source: the one named here, which takes the widest instructions of the
// processor, and `…_plain`, compiled for the oldest processor, which tests compare it with. They agree to rounding, not
// to the bit, because only newer processors fuse a multiplication with an addition.
//
// Rows come in blocks. `x` lists the columns of a design: x[j] points at the value of column j in the block's first row.
// A pointer that may be NULL says so.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// y[i] = exp(x[i]), within 2 units in the last place over the whole range; x may be y.
void ph_exp(const double *x, double *y, size_t n);
void ph_exp_plain(const double *x, double *y, size_t n);

// y[i] = log(x[i]), within 1 unit in the last place over the whole range (log 0 = -inf, of a negative number NaN); x may be y.
void ph_log(const double *x, double *y, size_t n);
void ph_log_plain(const double *x, double *y, size_t n);

// eta[i] = offset[i] + sum over j of beta[j] x[j][i]; offset NULL: 0.
void ph_linear_predictor(const double *const *x, size_t p, const double *beta, const double *offset, size_t n,
                         double *eta);
void ph_linear_predictor_plain(const double *const *x, size_t p, const double *beta, const double *offset, size_t n,
                               double *eta);

// The products of a design with itself and with r, block by block:
//   score[j] += sum over rows of r x[j],  gram[i + j p] += sum over rows of w x[i] x[j] for i >= j
// (lower triangle, column by column). ph_predict_and_pack copies the columns of a block while it computes eta (beta
// NULL: it only copies), so that they are read from memory once and lie in the first-level cache afterwards, best with
// 128 rows. ph_gram_add then adds the block to `sums`, which start as zeros, and asks for the n rows that follow the
// block in memory, in case they come next. ph_gram_total adds the sums of all blocks to score and gram. w NULL: 1.
//
// `pack` has ph_pack_size(p, n) doubles and `sums` ph_gram_sums(p), which both start at a cache line, for speed alone.
size_t ph_pack_size(size_t p, size_t n);
size_t ph_gram_sums(size_t p);
void ph_predict_and_pack(const double *const *x, size_t p, const double *beta, const double *offset, size_t n,
                         double *eta, double *pack);
void ph_predict_and_pack_plain(const double *const *x, size_t p, const double *beta, const double *offset, size_t n,
                               double *eta, double *pack);
void ph_gram_add(const double *const *x, size_t p, const double *w, const double *r, size_t n, double *pack,
                 double *sums);
void ph_gram_total(double *sums, size_t p, double *score, double *gram);

// The three in one, for a single block, and the product alone. `scratch` has ph_weighted_gram_scratch(p, n) doubles.
size_t ph_weighted_gram_scratch(size_t p, size_t n);
void ph_score_and_gram(const double *const *x, size_t p, const double *w, const double *r, size_t n, double *score,
                       double *gram, double *scratch);
void ph_weighted_gram(const double *const *x, size_t p, const double *w, size_t n, double *gram, double *scratch);
// The first with the instructions of a ph_processor_level() at most.
void ph_score_and_gram_at(int level, const double *const *x, size_t p, const double *w, const double *r, size_t n,
                          double *score, double *gram, double *scratch);

// score[j] += sum over rows of r x[j].
void ph_score(const double *const *x, size_t p, const double *r, size_t n, double *score);
void ph_score_plain(const double *const *x, size_t p, const double *r, size_t n, double *score);

// Adds every row to the moments of its cell. Cell c owns the `stride` doubles (a multiple of 8, at least k + 2) from
// table + c stride on: sum of w, sum of r, then sums of w x[0], …, w x[k - 1]; the rest stays as it is.
void ph_moment_table(const int32_t *cell, const double *const *x, size_t k, const double *w, const double *r, size_t n,
                     double *table, size_t stride);
void ph_moment_table_plain(const int32_t *cell, const double *const *x, size_t k, const double *w, const double *r,
                           size_t n, double *table, size_t stride);

// cell[i] = sum over the factors f of codes[f][i] steps[f].
void ph_cells(const int32_t *const *codes, const int32_t *steps, size_t factors, size_t n, int32_t *cell);
void ph_cells_plain(const int32_t *const *codes, const int32_t *steps, size_t factors, size_t n, int32_t *cell);

// eta[i] = constants[cell[i]] + offset[i] + sum over j of beta[j] x[j][i]; offset NULL: 0.
void ph_cell_predictor(const int32_t *cell, const double *constants, const double *const *x, size_t k,
                       const double *beta, const double *offset, size_t n, double *eta);
void ph_cell_predictor_plain(const int32_t *cell, const double *constants, const double *const *x, size_t k,
                             const double *beta, const double *offset, size_t n, double *eta);

// One scoring step of a Poisson model with log link on a block: from the linear predictor eta, the response y and the
// prior weights a (NULL: 1)
//   mu = exp(eta),  w = a mu,  r = a (y - mu);
// returns the sum of a (y eta - mu), the log-likelihood but for its terms in y alone. mu may be NULL.
double ph_poisson_log_block(const double *eta, const double *y, const double *a, size_t n, double *mu, double *w,
                            double *r);
double ph_poisson_log_block_plain(const double *eta, const double *y, const double *a, size_t n, double *mu, double *w,
                                  double *r);

// One scoring step of a binomial model with logit link on a block: y is the proportion, a the prior weight times the
// trials (NULL: 1)
//   mu = 1 / (1 + exp(-eta)),  w = a mu (1 - mu),  r = a (y - mu), without cancellation in the tails;
// returns the sum of a (y eta - log(1 + exp(eta))), the log-likelihood but for its terms in y alone. mu may be NULL.
double ph_binomial_logit_block(const double *eta, const double *y, const double *a, size_t n, double *mu, double *w,
                               double *r);
double ph_binomial_logit_block_plain(const double *eta, const double *y, const double *a, size_t n, double *mu,
                                     double *w, double *r);

// The sum of r^2 / w over the rows with w > 0, which is the sum of a (y - mu)^2 / V(mu) where w and r are those of a
// scoring step with expected weights: Pearson's chi-squared.
double ph_pearson(const double *w, const double *r, size_t n);
double ph_pearson_plain(const double *w, const double *r, size_t n);

// value[i] = x[i] / n[i] * multiplier with the limits of Wilson (1927) at each level, whose critical values are z; NaN in
// a row without a proportion (not 0 <= x <= n, or n not above 0 and finite). Returns 0 where every row has one. Unlike
// the other kernels these two and Swift give the same bits on every processor.
size_t ph_wilson(const double *x, const double *n, size_t rows, double multiplier, const double *z, size_t levels,
                 double *value, double *const *lower, double *const *upper);
size_t ph_wilson_plain(const double *x, const double *n, size_t rows, double multiplier, const double *z,
                       size_t levels, double *value, double *const *lower, double *const *upper);

// value[i] = x[i] / n[i] * multiplier with Byar's limits of the count x over n. Returns 0 where every row has at least
// `fewest` events, a proper n and finite figures; otherwise some rows, which the caller must look for, have not.
size_t ph_byar(const double *x, const double *n, size_t rows, double fewest, double multiplier, const double *z,
               size_t levels, double *value, double *const *lower, double *const *upper);
size_t ph_byar_plain(const double *x, const double *n, size_t rows, double fewest, double multiplier, const double *z,
                     size_t levels, double *value, double *const *lower, double *const *upper);

// The directly standardised rates of groups `first`, first + 1, … from one row of x events among n people for each of
// `bands` age bands: that of band b of group g is rows[g bands + b], and weights[b] its share of the standard. With
// c = weight / n, value[g] = multiplier sum(c x), and the limits are Dobson's (1991) from Byar's; events[g] and people[g]
// are the sums. Returns 0 where every group has a figure; value[g] is NaN where a cell is improper, there are fewer than
// `fewest` events or a figure is not finite. The bits of the same formulas in Swift, on every processor.
size_t ph_dobson(const double *x, const double *n, const int32_t *rows, const double *weights, size_t bands,
                 size_t first, size_t groups, double fewest, double multiplier, const double *z, size_t levels,
                 double *events, double *people, double *value, double *const *lower, double *const *upper);
size_t ph_dobson_plain(const double *x, const double *n, const int32_t *rows, const double *weights, size_t bands,
                       size_t first, size_t groups, double fewest, double multiplier, const double *z, size_t levels,
                       double *events, double *people, double *value, double *const *lower, double *const *upper);

// The least-squares line of each area through the figures of its quantiles on the cumulative midpoints of its people,
// from one row for each quantile: that of quantile q (from 0) of area g is rows[g quantiles + q]. Columns of `areas`
// doubles: slope, middle, the variances of both from the standard errors, their covariance, and the people. The slope is
// NaN where a cell is improper (not finite, or people or error not above 0) or it is not finite itself. The bits of the
// same formulas in Swift, on every processor.
void ph_midpoint_lines(const double *people, const double *values, const double *errors, const int32_t *rows,
                       size_t areas, size_t quantiles, double *lines);
void ph_midpoint_lines_plain(const double *people, const double *values, const double *errors, const int32_t *rows,
                             size_t areas, size_t quantiles, double *lines);

// The slope and relative indices of inequality of such lines. Columns of `areas` doubles: slope, ratio, intercept,
// people, then for each level the slope's lower and upper limits and, Fieller's (1954), those of the ratio. A multiplier
// below 0 turns both. The slope is NaN where an area has not all of them. The bits of the same formulas in Swift.
void ph_fieller(const double *lines, size_t areas, double multiplier, const double *z, size_t levels, double *columns);
void ph_fieller_plain(const double *lines, size_t areas, double multiplier, const double *z, size_t levels,
                      double *columns);

// Adds the events x and the people n of every row to those of its group, two doubles from totals + 2 group on, as long as
// they are whole numbers that a total may have: finite, at least 0 and, with `limited`, no more events than people.
// Returns how many rows were added: all, or those before some eight of which one is none. Totals up to 2^53 are exact.
size_t ph_add_counts(const double *x, const double *n, const int32_t *group, size_t rows, int limited, double *totals);
size_t ph_add_counts_plain(const double *x, const double *n, const int32_t *group, size_t rows, int limited,
                           double *totals);

// The same for any numbers: four doubles from totals + 4 group on are the events, the people and the rounding errors of
// both, which are carried along. Returns whether a row is improper; it is added all the same. The same bits on every
// processor.
int ph_add_totals(const double *x, const double *n, const int32_t *group, size_t rows, int limited, double *totals);
int ph_add_totals_plain(const double *x, const double *n, const int32_t *group, size_t rows, int limited,
                        double *totals);

// How many futures go side by side in the kernels of projections.
enum { PH_LANES = 32 };

// One sex of one area a year on, in many futures at once: rows of `lanes` doubles (a multiple of PH_LANES), a future in
// each lane. Origins are the newborns and then the age groups; every future has the risk of death
//   q + (1 - q)(1 - exp(-mu g)) = 1 - (1 - q)^(1 + g),  mu = -log(1 - q), or 0 where q = 1,
// where its hazards are 1 + g times those assumed (g >= -1; error below 4e-11 of the change, exact for g = 0), and
// net + spread * level migrants, half of whom are meant where they join in halves.
typedef struct {
  size_t ages, lanes;
  const double *q, *mu;        // by origin
  const uint8_t *series;       // ph_risk_series of mu
  const int32_t *row;          // by origin: its row of `deviation`
  const double *deviation;     // g
  const double *largest;       // the largest |g| of each row
  double most;                 // the largest of all
  const double *net, *spread;  // by age group
  const double *level;         // a row
  const double *fertility;     // by age group, births a step and woman; NULL for men
  size_t youngest, oldest;     // fertility is 0 before the first of these age groups and from the second on
  const size_t *ends;          // where the segments of ages end whose people are added up, ascending, the last at `ages`
  int rates;                   // whether `net` is a rate for each person at the start
  int late;                    // whether migrants join at the end alone, after births
  int mothers_move;            // whether women who arrive at the start count among the mothers
} ph_ageing;

// How the risks of the newborns and of every eight age groups are evaluated: 1 + ceil(ages / 8) choices, by mu alone.
void ph_risk_series(const double *mu, size_t ages, uint8_t *series);

// Ages the people, rows by age group, in place; group 0 holds only its migrants afterwards. Deaths of all groups and
// births by women are rows; death_cells and birth_cells, rows by origin and age group, may be NULL. `sums` takes the
// people of every segment, without group 0, in rows `sums_stride` apart. Nothing is clipped: returns whether any cell above
// group 0 is below 0.
int ph_age(const ph_ageing *s, double *people, double *deaths, double *births, double *death_cells,
           double *birth_cells, double *sums, size_t sums_stride);
int ph_age_plain(const ph_ageing *s, double *people, double *deaths, double *births, double *death_cells,
                 double *birth_cells, double *sums, size_t sums_stride);

// births *= factors (NULL: 1), and born = the girls, then the boys of them: 1 and `ratio` of 1 + ratio.
void ph_births(double *births, const double *factors, size_t lanes, double ratio, double *born);
void ph_births_plain(double *births, const double *factors, size_t lanes, double ratio, double *born);

// Adds the row of newborns to group 0, their deaths to `deaths` and group 0 to the first row of `sums`; whether group 0
// is below 0 in any lane.
int ph_newborns(const ph_ageing *s, const double *born, double *people, double *deaths, double *death_cells,
                double *sums);
int ph_newborns_plain(const ph_ageing *s, const double *born, double *people, double *deaths, double *death_cells,
                      double *sums);

// The risks of death, rows by origin.
void ph_risks(const ph_ageing *s, double *risks);
void ph_risks_plain(const ph_ageing *s, double *risks);

// out = exp(sum over f of loadings[f] paths[f]) - 1, rows of `lanes` (a multiple of 8); returns its largest magnitude.
double ph_hazard_deviation(const double *loadings, const double *paths, size_t factors, size_t lanes, double *out);
double ph_hazard_deviation_plain(const double *loadings, const double *paths, size_t factors, size_t lanes,
                                 double *out);

// sums = the rows, `stride` apart, from the first to the last, each times its weight; weights NULL: 1. With `add`,
// sums += them.
void ph_sum_rows(const double *rows, size_t stride, const double *weights, size_t count, size_t lanes, int add,
                 double *sums);
void ph_sum_rows_plain(const double *rows, size_t stride, const double *weights, size_t count, size_t lanes, int add,
                       double *sums);

// out = a * b.
void ph_multiply(const double *a, const double *b, size_t n, double *out);
void ph_multiply_plain(const double *a, const double *b, size_t n, double *out);

// `count` rows of `lanes`, end to end, to or (with `add`) onto rows `stride` apart.
void ph_place_rows(const double *rows, size_t count, size_t lanes, int add, double *out, size_t stride);
void ph_place_rows_plain(const double *rows, size_t count, size_t lanes, int add, double *out, size_t stride);

// `count` rows of `lanes` (a multiple of 8), each full of one value.
void ph_fill_rows(const double *values, size_t count, size_t lanes, double *out);
void ph_fill_rows_plain(const double *values, size_t count, size_t lanes, double *out);

// Sets what is below 0 in `count` rows to 0 and adds to each lane of `added` what that took.
void ph_clip_rows(double *rows, size_t count, size_t lanes, double *added);
void ph_clip_rows_plain(double *rows, size_t count, size_t lanes, double *added);

// Mean and variance of n >= 1 finite numbers about their mean (divisor n), the least and the greatest, and the order
// statistics of `count` ascending ranks from 0. x stays as it is; `scratch` has 2 n doubles.
typedef struct {
  double mean, variance, least, greatest;
} ph_moments;
ph_moments ph_select(const double *x, size_t n, const size_t *ranks, size_t count, double *chosen, double *scratch);
ph_moments ph_select_plain(const double *x, size_t n, const size_t *ranks, size_t count, double *chosen,
                           double *scratch);

// How many x[i] are below `low` or above `high`.
size_t ph_count_outside(const double *x, size_t n, double low, double high);
size_t ph_count_outside_plain(const double *x, size_t n, double low, double high);

// What the processor and its system offer: 0 nothing that matters here, 3 x86-64-v3 (AVX2 and FMA), 4 x86-64-v4
// (AVX-512).
int ph_processor_level(void);
// Whether the processor is AMD's.
int ph_processor_is_amd(void);

#ifdef __cplusplus
}
#endif
