import Regression
import Testing

@Suite("Families and links")
struct FamilyTests {
  @Test("the default link is R's")
  func defaultLinks() {
    #expect(Family.gamma.defaultLink == .inverse)
    #expect(Family.binomial.defaultLink == .logit)
  }
}
