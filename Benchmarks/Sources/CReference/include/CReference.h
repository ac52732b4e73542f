// Fixed loops that the times of kernels are divided by. Each returns a figure that depends on every step of it. They stand
// apart from the library, so that no change of the library changes them, and take the widest instructions of the processor,
// as the library's kernels do: what shares a core with a busy neighbour must slow both alike.
#pragma once
#include <stddef.h>
#include <stdint.h>

// Reads `count` numbers once.
double ref_memory(const double *values, size_t count);
// A polynomial of degree 12 at each of `count` points, `passes` times: fused multiplications in the first-level cache.
double ref_polynomials(const double *points, size_t count, size_t passes);
// A square root and two divisions of each of `count` points, `passes` times.
double ref_divisions(const double *points, size_t count, size_t passes);
// A chain of one multiplication, one addition and, every eighth step, a division, each waiting for the one before.
double ref_chain(const double *points, size_t count, size_t passes);
// As many single operations as a core can start: loads at places worked out, multiplications, additions, comparisons and
// stores that do not wait for each other. `sums` has `count` numbers, a power of two.
double ref_singles(const double *points, double *sums, size_t count, size_t passes);
// Products of 64 by 64 bits and exclusive ors, four chains side by side.
double ref_integers(size_t steps);
// Sums the numbers of a text of digits, commas and line ends: an unforeseeable branch every few bytes.
double ref_fields(const uint8_t *bytes, size_t count);

// Gives what the program has freed back to the system, where the C library can (glibc).
void ref_give_memory_back(void);
