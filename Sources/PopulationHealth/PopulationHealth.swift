/// The whole library under one name: this module re-exports the others and defines nothing.
@_exported import Datasets
@_exported import Demography
@_exported import Indicators
@_exported import LinearAlgebra
@_exported import Probability
@_exported import Regression
@_exported import Tables
