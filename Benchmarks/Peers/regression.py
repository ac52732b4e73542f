"""Fits a case of the regressions with other software.

usage: PEER_DATA=FOLDER THREADS=1 regression.py CASE PROGRAM [REPEATS]

PROGRAM: glum and glum_se (with standard errors), sklearn, numpy_normal (normal equations), numpy_lstsq, pyfixest (case d,
all factors absorbed). An _F behind the name gives it the columns one after the other, which is glum's fast order.
"""
import sys
import warnings

import numpy
from measured import Measured, load

FAMILIES = {"a": "poisson", "b": "binomial", "c": "normal", "d": "poisson", "e": "normal"}


class Case:
    """The arrays of a case."""

    def __init__(self, name, columns_first):
        self.name, self.family = name, FAMILIES[name]
        self.y = load(f"{name}_y")
        self.offset = load(f"{name}_off") if self.family == "poisson" else None
        self.factors = [load(f"d_{factor}") for factor in ("age", "sex", "area")] if name == "d" else []
        self.x = load("d_Z" if name == "d" else f"{name}_X")
        if columns_first:
            self.x = numpy.asfortranarray(self.x)

    def deviance(self, coefficients):
        """The deviance of intercept, columns and indicators of every level but the first; None for other coefficients."""
        numerics = self.x.shape[1]
        eta = coefficients[0] + self.x @ coefficients[1:1 + numerics]
        start = 1 + numerics
        for codes in self.factors:
            levels = int(codes.max())
            if len(coefficients) < start + levels:
                return None
            eta += numpy.r_[0, coefficients[start:start + levels]][codes]
            start += levels
        if self.family == "normal":
            return float(numpy.sum((self.y - eta) ** 2))
        if self.family == "binomial":
            return 2 * float(numpy.sum(numpy.logaddexp(0, eta) - self.y * eta))
        from scipy.special import xlogy
        mean = numpy.exp(eta + self.offset)
        return 2 * float(numpy.sum(xlogy(self.y, self.y / mean) - (self.y - mean)))


def glum(case, with_errors):
    from glum import GeneralizedLinearRegressor
    x = case.x
    if case.factors:
        import tabmat
        x = tabmat.SplitMatrix(
            [tabmat.DenseMatrix(x)] + [tabmat.CategoricalMatrix(codes, drop_first=True) for codes in case.factors])

    def fit():
        model = GeneralizedLinearRegressor(
            family=case.family, alpha=0, fit_intercept=True, gradient_tol=1e-6, max_iter=100,
            drop_first=bool(case.factors))
        model.fit(x, case.y, offset=case.offset)
        if with_errors:
            model.covariance_matrix(x, case.y, offset=case.offset, robust=False, store_covariance_matrix=True)
        return model
    return fit, lambda model: (numpy.r_[model.intercept_, model.coef_], model.n_iter_)


def sklearn(case):
    from sklearn import linear_model
    options = {"solver": "newton-cholesky", "tol": 1e-8, "max_iter": 100}
    if case.family == "poisson":
        exposure = numpy.exp(case.offset)

        def fit():
            model = linear_model.PoissonRegressor(alpha=0, **options)
            return model.fit(case.x, case.y / exposure, sample_weight=exposure)
    elif case.family == "binomial":
        def fit():
            return linear_model.LogisticRegression(C=numpy.inf, **options).fit(case.x, case.y)
    else:
        def fit():
            return linear_model.LinearRegression().fit(case.x, case.y)
    return fit, lambda model: (
        numpy.r_[numpy.ravel(model.intercept_), numpy.ravel(model.coef_)], numpy.max(getattr(model, "n_iter_", 1)))


def numpy_normal(case):
    import scipy.linalg
    x, y = case.x, case.y

    def fit():
        mean = x.mean(0)
        gram = x.T @ x - len(y) * numpy.outer(mean, mean)
        slopes = scipy.linalg.cho_solve(scipy.linalg.cho_factor(gram), x.T @ y - len(y) * mean * y.mean())
        return numpy.r_[y.mean() - mean @ slopes, slopes]
    return fit, lambda coefficients: (coefficients, 1)


def numpy_lstsq(case):
    design = numpy.column_stack([numpy.ones(len(case.y)), case.x])
    return lambda: numpy.linalg.lstsq(design, case.y, rcond=None)[0], lambda coefficients: (coefficients, 1)


def pyfixest(case):
    import pandas
    import pyfixest as package
    age, sex, area = case.factors
    frame = pandas.DataFrame({"y": case.y, "age": age, "sex": sex, "area": area, "off": case.offset,
                              **{f"z{j}": case.x[:, j] for j in range(4)}})

    def fit():
        return package.fepois(
            "y ~ z0 + z1 + z2 + z3 | age + sex + area", frame, offset="off", vcov="iid", copy_data=False,
            store_data=False, lean=True)
    # Without an intercept: it is absorbed with the factors.
    return fit, lambda model: (numpy.asarray(model.coef()), None)


def main(name, program, repeats="3"):
    warnings.filterwarnings("ignore")
    base = program.removesuffix("_F")
    case = Case(name, columns_first=base != program)
    fits = {"glum": lambda: glum(case, False), "glum_se": lambda: glum(case, True), "sklearn": lambda: sklearn(case),
            "numpy_normal": lambda: numpy_normal(case), "numpy_lstsq": lambda: numpy_lstsq(case),
            "pyfixest": lambda: pyfixest(case)}
    if base not in fits:
        sys.exit(__doc__)
    fit, result = fits[base]()
    measured = Measured(fit, int(repeats))
    coefficients, passes = result(measured.value)
    deviance = case.deviance(coefficients) if base != "pyfixest" else None
    measured.report("regression", name, program, coefficients, {
        "rows": len(case.y), "passes": None if passes is None else float(passes), "deviance": deviance})


if __name__ == "__main__":
    if not 3 <= len(sys.argv) <= 4 or sys.argv[1] not in FAMILIES:
        sys.exit(__doc__)
    main(*sys.argv[1:])
