"""How far the answers of two programs are apart, and how far they may be; imported by report.py, not run."""
import math
import os

import numpy

# Relative; where the method is the same, all that is left is rounding.
ROUNDING = 1e-12
# Two units in the last place of ours and four of NumPy's with its vector instructions.
ELEMENTARY = 1.4e-15
# Ensembles draw shocks of their own, and not quite the same ones: what they say of 300 areas in the last year.
MEANS = 0.02
WIDTHS = (0.8, 1.25)
# Regressions stop at a gradient or a change of their own choosing: their coefficients are good to some 1e-6 of a standard
# deviation of the columns, and a deviance near its least is flat.
COEFFICIENTS = 1e-4
DEVIANCE = 1e-8


def load(folder, part, program):
    return numpy.load(os.path.join(folder, f"answers_{part}_{program.case}_{program.name}.npy"))


def shown(value):
    return f"{value:.0e}"


def relative(ours, theirs):
    """The greatest difference in proportion to the answer; infinite where one is missing or they are not as many."""
    if ours.shape != theirs.shape or not numpy.array_equal(numpy.isfinite(ours), numpy.isfinite(theirs)):
        return math.inf
    known = numpy.isfinite(ours)
    ours, theirs = ours[known], theirs[known]
    if not len(ours):
        return math.inf
    size = numpy.maximum(numpy.abs(ours), numpy.abs(theirs))
    return float(numpy.max(numpy.abs(ours - theirs) / numpy.where(size > 0, size, 1)))


def within(apart, most):
    """What is told and what is wrong."""
    return shown(apart), None if apart <= most else f"{shown(apart)} apart, at most {shown(most)} is rounding"


def of_regression(own, other, folder):
    ours, theirs = (load(folder, "regression", program) for program in (own, other))
    if len(theirs) < len(ours):
        # Only the columns of numbers have coefficients where all factors are absorbed.
        ours = ours[1:1 + len(theirs)]
    apart = float(numpy.max(numpy.abs(ours - theirs)))
    deviance = other.more["deviance"]
    flat = 0.0 if deviance is None else abs(deviance / own.more["deviance"] - 1)
    right = apart <= COEFFICIENTS and flat <= DEVIANCE
    return shown(apart), None if right else f"coefficients differ by {shown(apart)}, deviance by {shown(flat)}"


def of_tables(own, other):
    names = ["rows", "female", "areas", "id", "deaths", "rate", "person_years"]
    apart = max(relative(numpy.array([own.more[n]]), numpy.array([other.more[n]])) for n in names)
    return within(apart, ROUNDING)


def of_projection(own, other, folder):
    """Without shocks equal to rounding; with them alike in mean and in the width of the 80% interval."""
    certain = [numpy.load(os.path.join(folder, f"answers_projection_certain_{p.name}.npy")) for p in (own, other)]
    told, complaint = within(relative(*certain), ROUNDING)
    # Mean and five quantiles, by area, year and figure.
    ours, theirs = (load(folder, "projection", program).reshape(6, 300, 25, 5)[:, :, -1] for program in (own, other))
    means = float(numpy.max(numpy.abs(ours[0] / theirs[0] - 1)))
    widths = numpy.mean((ours[4] - ours[2]) / (theirs[4] - theirs[2]), axis=0)
    if not (means <= MEANS and WIDTHS[0] <= widths.min() and widths.max() <= WIDTHS[1]):
        complaint = f"means differ by {shown(means)}, widths are {widths.round(2)} of theirs"
    return told, complaint


def disagreement(part, own, other, folder):
    """How far they are apart, in words, and a complaint where that is too far."""
    if part == "regression":
        return of_regression(own, other, folder)
    if part == "tables":
        return of_tables(own, other)
    if part == "projection":
        return of_projection(own, other, folder)
    if part == "stream":
        streamed, whole = load(folder, "stream", own), load(folder, "regression", other)
        return within(float(numpy.max(numpy.abs(streamed - whole) / numpy.maximum(1, numpy.abs(whole)))), ROUNDING)
    return within(relative(load(folder, part, own), load(folder, part, other)),
                  ELEMENTARY if part == "elementary" else ROUNDING)
