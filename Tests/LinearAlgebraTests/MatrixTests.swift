import LinearAlgebra
import Testing

@Suite("Matrix")
struct MatrixTests {
  @Test("elements stand column by column")
  func columnOrder() {
    let matrix = Matrix(rows: 2, columns: 3, values: [1, 2, 3, 4, 5, 6])
    #expect(matrix[0, 0] == 1 && matrix[1, 0] == 2 && matrix[0, 2] == 5)
    #expect(Array(matrix.column(1)) == [3, 4] && matrix.diagonal == [1, 4])
    #expect(matrix.transposed() == Matrix(rows: 3, columns: 2, values: [1, 3, 5, 2, 4, 6]))
    #expect(matrix == Matrix(columns: [[1, 2], [3, 4], [5, 6]]))
    #expect(matrix.selecting(rows: [1], columns: [2, 0]).values == [6, 2])
  }

  @Test("products of whole numbers are exact")
  func products() {
    let a = Matrix(rows: 2, columns: 3, values: [1, 2, 3, 4, 5, 6])
    let b = Matrix(rows: 3, columns: 2, values: [1, 0, -1, 2, 1, 1])
    #expect((a * b).values == [-4, -4, 10, 14])
    #expect(a * [1, 1, 1] == [9, 12])
    #expect(a.transposedProduct([1, 1]) == [3, 7, 11])
    #expect(a.transposedProduct(a) == a.crossProduct())
    #expect(a.crossProduct().values == [5, 11, 17, 11, 25, 39, 17, 39, 61])
    #expect(Matrix.identity(2) * a == a)
  }

  @Test("empty matrices have empty products and sums of nothing")
  func empty() {
    let none = Matrix(rows: 0, columns: 2)
    #expect(none.crossProduct() == Matrix(rows: 2, columns: 2))
    #expect((none * [1, 2]).isEmpty && none.transposedProduct([]) == [0, 0])
    #expect((Matrix(rows: 2, columns: 0) * Matrix(rows: 0, columns: 1)).values == [0, 0])
    #expect(none.transposed().rows == 2)
  }
}
