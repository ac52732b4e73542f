// The symbols of OpenBLAS that LinearAlgebra calls, declared by hand: the Fortran ones of BLAS and LAPACK (LAPACKE is
// not needed). gfortran adds the length of each CHARACTER argument at the end.
#pragma once
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

char *openblas_get_corename(void);
char *openblas_get_config(void);
void openblas_set_num_threads(int threads);

// BLAS.
void dgemm_(const char *transa, const char *transb, const int *m, const int *n, const int *k, const double *alpha,
            const double *a, const int *lda, const double *b, const int *ldb, const double *beta, double *c,
            const int *ldc, size_t, size_t);
void dgemv_(const char *trans, const int *m, const int *n, const double *alpha, const double *a, const int *lda,
            const double *x, const int *incx, const double *beta, double *y, const int *incy, size_t);
void dger_(const int *m, const int *n, const double *alpha, const double *x, const int *incx, const double *y,
           const int *incy, double *a, const int *lda);
void dsyrk_(const char *uplo, const char *trans, const int *n, const int *k, const double *alpha, const double *a,
            const int *lda, const double *beta, double *c, const int *ldc, size_t, size_t);
void dtrsv_(const char *uplo, const char *trans, const char *diag, const int *n, const double *a, const int *lda,
            double *x, const int *incx, size_t, size_t, size_t);
double dnrm2_(const int *n, const double *x, const int *incx);

// LAPACK: Cholesky.
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info, size_t);
void dpotri_(const char *uplo, const int *n, double *a, const int *lda, int *info, size_t);
void dpocon_(const char *uplo, const int *n, const double *a, const int *lda, const double *anorm, double *rcond,
             double *work, int *iwork, int *info, size_t);

// LAPACK: orthogonal factorisations.
void dgeqrf_(const int *m, const int *n, double *a, const int *lda, double *tau, double *work, const int *lwork,
             int *info);
void dgeqp3_(const int *m, const int *n, double *a, const int *lda, int *jpvt, double *tau, double *work,
             const int *lwork, int *info);
void dlarfg_(const int *n, double *alpha, double *x, const int *incx, double *tau);
void dorgqr_(const int *m, const int *n, const int *k, double *a, const int *lda, const double *tau, double *work,
             const int *lwork, int *info);
void dormqr_(const char *side, const char *trans, const int *m, const int *n, const int *k, const double *a,
             const int *lda, const double *tau, double *c, const int *ldc, double *work, const int *lwork, int *info,
             size_t, size_t);
void dtrtri_(const char *uplo, const char *diag, const int *n, double *a, const int *lda, int *info, size_t, size_t);
void dtrcon_(const char *norm, const char *uplo, const char *diag, const int *n, const double *a, const int *lda,
             double *rcond, double *work, int *iwork, int *info, size_t, size_t, size_t);

// LAPACK: eigenvalues and singular values.
void dsyevd_(const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w, double *work,
             const int *lwork, int *iwork, const int *liwork, int *info, size_t, size_t);
void dgesdd_(const char *jobz, const int *m, const int *n, double *a, const int *lda, double *s, double *u,
             const int *ldu, double *vt, const int *ldvt, double *work, const int *lwork, int *iwork, int *info,
             size_t);

// Restarts the library's choice of kernels with one more entry, "NAME=value", at the front of the environment: the library
// listens to nothing else. The list of the environment is exchanged for a longer copy and put back, never changed or freed,
// so that other threads may read the environment meanwhile. Returns 0 without memory.
static inline int ph_restart_with_entry(char *entry, void (*quit)(void), void (*start)(void)) {
  extern char **environ;
  static char **longer;
  char **const before = environ;
  size_t count = 0;
  while (before && before[count]) count++;
  longer = (char **)malloc((count + 2) * sizeof(char *));
  if (!longer) return 0;
  longer[0] = entry;
  if (count) memcpy(longer + 1, before, count * sizeof(char *));
  longer[count + 1] = NULL;
  environ = longer;
  quit();
  start();
  if (environ == longer) environ = before;
  return 1;
}
