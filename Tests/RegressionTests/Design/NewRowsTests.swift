import Regression
import Tables
import Testing

struct NewRowsTests {
  static func recipe() throws -> DesignRecipe {
    let table = Table(
      [
        .init("y", numbers: [3, 5, 2, 8, 6, 1, 9, 4]), .init("x", numbers: [1, 2, 3, 4, 5, 6, 7, 9]),
        .init("a", text: ["p", "q", "r", "p", "q", "r", "p", "q"]), .init("g", numbers: [1, 2, 1, 2, 1, 2, 1, 2]),
        .init("e", numbers: [1, 2, 3, 4, 5, 6, 7, 8]),
      ], named: "fit.csv")
    return try Design(try Formula("y ~ a + factor(g) + x + offset(log(e))"), table).recipe
  }

  @Test("new data are coded by the levels of the fit; the response need not be there")
  func coded() throws {
    let table = Table(
      [
        .init("x", numbers: [7, 8]), .init("a", text: ["r", "q"]), .init("g", numbers: [2, 2]),
        .init("e", numbers: [1, 1]),
      ])
    let new = try Self.recipe().newRows(of: table)
    #expect(new.rows.codes == [[2, 1], [1, 1]])
    #expect(new.rows.numerics == [[7, 8]])
    #expect(new.rows.offset == [0, 0])
    #expect(new.incomplete == [])
    #expect(try Self.recipe().predictorColumns == ["a", "g", "x", "e"])
  }

  @Test("rows that lack a value have no prediction and are named")
  func incomplete() throws {
    let table = Table(
      [
        .init("x", numbers: [7, .nan, 1]), .init("a", text: ["r", "q", "p"]), .init("g", numbers: [2, 2, 1]),
        .init("e", numbers: [1, 1, 1]),
      ])
    let new = try Self.recipe().newRows(of: table)
    #expect(new.incomplete == [1])
    #expect(new.missing == ["x": 1])
    let values = new.spread([10, 30])
    #expect(values[0] == 10 && values[1].isNaN && values[2] == 30)
  }

  static let wrong: [([Table.Column], String)] = [
    (
      [.init("x", numbers: [7]), .init("a", text: ["s"]), .init("g", numbers: [2]), .init("e", numbers: [1])],
      "new.csv:2:2: a has the new level \"s\"; the fit knows \"p\", \"q\", \"r\""
    ),
    (
      [.init("x", numbers: [7]), .init("a", text: ["p"]), .init("g", numbers: [3]), .init("e", numbers: [1])],
      "new.csv:2:3: factor(g) has the new level \"3\"; the fit knows \"1\", \"2\""
    ),
    (
      [.init("x", numbers: [7]), .init("a", text: ["p"]), .init("g", numbers: [1])],
      "new.csv: has no column \"e\", which is in an offset of the model"
    ),
    (
      [.init("xx", numbers: [7]), .init("a", text: ["p"]), .init("g", numbers: [1]), .init("e", numbers: [1])],
      "new.csv: has no column \"x\", which is in a term of the model"
    ),
    (
      [.init("x", numbers: [7]), .init("a", numbers: [1]), .init("g", numbers: [1]), .init("e", numbers: [1])],
      "new.csv: column \"a\" holds numbers; in the fit it was text"
    ),
    (
      [.init("x", numbers: [7]), .init("a", text: ["p"]), .init("g", text: ["one"]), .init("e", numbers: [1])],
      "new.csv:2:3: column \"g\" holds \"one\"; expected a number"
    ),
    (
      [.init("x", numbers: [7]), .init("a", text: ["p"]), .init("g", numbers: [1]), .init("e", numbers: [0])],
      "new.csv:2:4: log(e) is infinite where \"e\" is 0; an exposure must be above 0"
    ),
  ]

  @Test("new data that the fit cannot code are refused with line and column", arguments: wrong)
  func refused(_ columns: [Table.Column], _ message: String) {
    #expect(throws: RegressionError.data([message])) {
      try Self.recipe().newRows(of: Table(columns, named: "new.csv"))
    }
  }

  /// `predict(BASIS, c(0, 2.25, 5, 12))` of R 4.2.2 with its package splines and the x of the test.
  static let bases: [(String, [[Double]])] = [
    (
      "poly(x, 3)",
      [
        [-0.6335729235702036, -0.381265122148441, -0.07288892041073133, 0.7120686840125299],
        [1.15212200026389, 0.1810699936889906, -0.3546313425241469, 1.513787463617651],
        [-2.447411806187792, 0.1340835421245652, 0.2035562618130448, 3.788561242740257],
      ]
    ),
    (
      "ns(x, df = 3)",
      [
        [0.1418354039769961, -0.06654071457669504, 0.1086180008002186, -0.9013452914798209],
        [-0.4018669779348225, 0.1970547519066965, 0.5467944522781687, 0.5538116591928257],
        [0.2600315739578263, -0.1275060159396272, -0.3527386562869435, 1.347533632286995],
      ]
    ),
    (
      "bs(x, df = 5)",
      [
        [-2.889462809917355, 0.4890237603305785, 0.1057851239669422, 0],
        [0.5385269810403499, 0.08609321827904716, 0.591541079241614, -0.05704099821746879],
        [-0.02406417112299465, 0.003008021390374331, 0.3010209042294604, 1.03408415707881],
        [0, 0, 0.001652892561983471, -4.60667278849097],
        [0, 0, 0, 4.62962962962963],
      ]
    ),
    (
      "bs(x, knots = c(4, 6), degree = 2)",
      [
        [-1.76, 0.4600000000000001, 0.1111111111111111, 0],
        [0.2, 0.05000000000000001, 0.8055555555555555, 0.1666666666666667],
        [0, 0, 0.08333333333333333, -1.416666666666667],
        [0, 0, 0, 2.25],
      ]
    ),
    (
      "ns(x, knots = c(4, 6), intercept = TRUE)",
      [
        [-1.080476589045672, 0.09788430721423094, 0.5334905893333657, 0],
        [-0.3975509914608985, -0.1902547076677344, 0.3302292619941153, -0.7894736842105264],
        [0.9938774786522462, 0.4866661809340421, 0.1911752110277838, 0.4736842105263159],
        [-0.5963264871913477, -0.2919997085604252, -0.106371793283337, 1.31578947368421],
      ]
    ),
    (
      "bs(x)",
      [
        [-0.7327498473437819, 0.2200539385304295, 0.4274374109505393, 0.205169957256259],
        [0.1099124771015673, 0.02129554243842866, 0.2992061876653775, -1.077142275595359],
        [-0.005495623855078374, 0.0006869529818847954, 0.06981477712192143, 1.884998982291879],
      ]
    ),
    (
      "ns(x)",
      [
        [-0.1414912457183423, 0.07074562285917116, 0.3301462400094654, 0.9904387200283964]
      ]
    ),
    (
      "ns(x, knots = 5, Boundary.knots = c(3, 8))",
      [
        [-1.002517188608169, -0.2506292971520423, 0.5330608034421798, -0.3745481582571517],
        [0.6265732428801057, 0.1566433107200264, -0.2331630021513624, 2.73409259891072],
      ]
    ),
  ]

  @Test("bases keep their knots and coefficients, also beyond the range of the fit", arguments: bases)
  func safePrediction(_ term: String, _ expected: [[Double]]) throws {
    let x = [1.5, 2, 3, 4.5, 5, 6, 7, 8.5, 9, 10]
    let fit = Table([.init("y", numbers: x), .init("x", numbers: x)])
    let recipe = try Design(try Formula("y ~ \(term)"), fit).recipe
    let new = try recipe.newRows(of: Table([.init("x", numbers: [0, 2.25, 5, 12])]))
    #expect(new.rows.numerics.count == expected.count)
    for (column, wanted) in zip(new.rows.numerics, expected) {
      // Extrapolated cubics reach some tens; both sides carry the rounding of their bases.
      for (value, number) in zip(column, wanted) { #expect(abs(value - number) <= 1e-12 * max(1, abs(number))) }
    }
  }
}
