/// Why a matrix has no factorisation.
public enum LinearAlgebraError: Error, Sendable, Hashable {
  /// The matrix holds a value that is not finite; rows and columns count from 0.
  case notFinite(row: Int, column: Int)

  /// The matrix should be symmetric and is not square.
  case notSquare(rows: Int, columns: Int)

  /// The matrix should be positive semi-definite and is not: column `column`, counted from 0, has a negative pivot far
  /// beyond rounding.
  case indefinite(column: Int)

  /// The iteration for eigenvalues or singular values did not converge.
  case noConvergence
}

extension Matrix {
  /// Throws for the first value that is not finite, which LAPACK would take for a number or never return from.
  func requireFinite() throws(LinearAlgebraError) {
    guard let index = values.firstIndex(where: { !$0.isFinite }) else { return }
    throw .notFinite(row: index % rows, column: index / rows)
  }

  /// Throws unless the matrix is square.
  func requireSquare() throws(LinearAlgebraError) {
    if rows != columns { throw .notSquare(rows: rows, columns: columns) }
  }
}

extension LinearAlgebraError: CustomStringConvertible {
  /// The problem in words, rows and columns counted from 1.
  public var description: String {
    switch self {
    case .notFinite(let row, let column): "the value in row \(row + 1), column \(column + 1) is not finite"
    case .notSquare(let rows, let columns): "a \(rows) × \(columns) matrix is not square"
    case .indefinite(let column): "the matrix is not positive semi-definite: column \(column + 1) has a negative pivot"
    case .noConvergence: "the iteration did not converge"
    }
  }
}
