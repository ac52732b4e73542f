import Demography
import Indicators
import Regression
import Samples
import Tables

/// Every course of the table.
let courses: [Course] = regressionCourses + tableCourses + indicatorCourses + projectionCourses

private let decades = [1_000, 10_000, 100_000, 1_000_000]

private let regressionCourses = [
  Course(
    name: "linear-fit-rows", unit: "rows of 20 columns", sizes: decades, order: 1, memory: .flat,
    prepare: { rows in linearFit(rows: rows, columns: 20) }, isRight: { _, distance in distance < 6 }),
  Course(
    name: "Poisson-fit-rows", unit: "rows of 10 columns", sizes: decades, order: 1, memory: .proportional,
    prepare: { rows in
      let sample = RegressionSample(rows: rows, numerics: 10, family: .poisson)
      return {
        let options = FitOptions(threads: 1)
        let fit = try Regression.fit(sample.layout, sample.rows, family: .poisson, options: options)
        return sample.distance(of: fit)
      }
    }, isRight: { _, distance in distance < 6 }),
  // The cross products: rows × columns² / 2.
  Course(
    name: "linear-fit-columns", unit: "columns of 10,000 rows", sizes: [1, 10, 100, 1_000], order: 2,
    memory: .proportional,
    prepare: { columns in linearFit(rows: 10_000, columns: columns) }, isRight: { _, distance in distance < 6 }),
  Course(
    name: "streamed-fit-rows", unit: "rows of a CSV file", sizes: decades, order: 1, memory: .flat,
    prepare: { rows in
      let file = try TemporaryFile(CSVWriter.bytes(sampleTable(rows: rows)))
      return {
        let source = try StreamedLines(file)
        let fit = try Regression.fit(source.layout, source, family: .gaussian, options: FitOptions(threads: 1))
        return fit.coefficients[1].estimate
      }
    },
    // n and a are independent: the slope is 0 but for six of its standard errors.
    isRight: { rows, slope in abs(slope) < 600_000 / Double(rows).squareRoot() }),
]

private let tableCourses = [
  Course(
    name: "CSV-rows", unit: "rows of 6 columns", sizes: decades, order: 1, memory: .proportional,
    prepare: { rows in
      let bytes = CSVWriter.bytes(sampleTable(rows: rows))
      return { Double(try Table.read(csvBytes: bytes, named: "sample", others: .infer, threads: 1).rowCount) }
    }, isRight: { $1 == Double($0) }),
  Course(
    name: "CSV-streamed-rows", unit: "rows of 6 columns", sizes: decades, order: 1, memory: .flat,
    prepare: { rows in
      let file = try TemporaryFile(CSVWriter.bytes(sampleTable(rows: rows)))
      return {
        var pass = try CSVChunks(csv: file.path, others: .infer, threads: 1).pass()
        var count = 0
        while let table = try pass.next() { count += table.rowCount }
        return Double(count)
      }
    }, isRight: { $1 == Double($0) }),
]

private let indicatorCourses = [
  Course(
    name: "proportions-rows", unit: "rows", sizes: decades.map { 10 * $0 }, order: 1, memory: .proportional,
    prepare: { rows in
      let counts = Counts(rows: rows)
      return {
        Double(proportions(of: counts.people, having: counts.events, threads: 1).count(of: .ok))
      }
    }, isRight: { $1 == Double($0) }),
  Course(
    name: "proportions-streamed-rows", unit: "rows", sizes: decades.map { 10 * $0 }, order: 1, memory: .flat,
    prepare: { rows in
      let counts = Counts(rows: rows)
      return {
        var usable = 0
        proportions(of: counts.people, having: counts.events, blocksOf: 4_096) { usable += $1.count(of: .ok) }
        return Double(usable)
      }
    }, isRight: { $1 == Double($0) }),
  Course(
    name: "standardised-rates-areas", unit: "areas of 19 bands", sizes: [10, 100, 1_000, 10_000], order: 1,
    memory: .proportional,
    prepare: { areas in
      let bands = Bands(areas: areas)
      return {
        let rates = directlyStandardisedRates(
          of: bands.counts.events, among: bands.counts.people, ages: bands.ages, in: bands.areas,
          standard: .european2013, threads: 1)
        return Double(rates.figures.count(of: .ok))
      }
    }, isRight: { $1 == Double($0) }),
]

private let projectionCourses = [
  Course(
    name: "projection-areas", unit: "areas, 20 years", sizes: [1, 10, 100, 1_000], order: 1, memory: .proportional,
    prepare: { areas in
      let place = Place(areas: areas, years: 2023..<2043)
      return {
        let people = try CohortComponent(.ons).project(place.population, under: place.assumptions, to: 2043)
        return (people.population(in: 2043)?.counts.reduce(0, +) ?? .nan) / Double(areas)
      }
    }, isRight: { $1 > 1e4 }),
  Course(
    name: "simulations", unit: "simulations of 4 areas, 20 years", sizes: [10, 100, 1_000, 10_000], order: 1,
    memory: .proportional,
    prepare: { try simulation(areas: 4, simulations: $0) }, isRight: { $1 > 0 }),
  Course(
    name: "simulated-areas", unit: "areas, 20 years, 100 simulations", sizes: [1, 10, 100, 1_000], order: 1,
    memory: .proportional,
    prepare: { try simulation(areas: $0, simulations: 100) }, isRight: { $1 > 0 }),
]

private func linearFit(rows: Int, columns: Int) -> () throws -> Double {
  let sample = RegressionSample(rows: rows, numerics: columns, family: .gaussian)
  return {
    let fit = try Regression.fit(sample.layout, sample.rows, family: .gaussian, options: FitOptions(threads: 1))
    return sample.distance(of: fit)
  }
}

/// Case L in small: a shared index of mortality, shared levels of fertility and migration, one measure.
private func simulation(areas: Int, simulations: Int) throws -> () throws -> Double {
  let place = Place(areas: areas, years: 2023..<2043)
  let uncertainty = Place.uncertainty(of: place.population.areas)
  return {
    let ensemble = try CohortComponent(.ons).simulate(
      place.population, under: place.assumptions, varying: uncertainty, to: 2043, simulations: simulations, seed: 1,
      measures: [.people(AgeBand(85...))], threads: 1)
    return ensemble.summary(of: .people(AgeBand(85...)), in: 2043)?.mean ?? .nan
  }
}
