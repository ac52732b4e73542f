/// The distinct values of a text column while a file is read, so that a cell becomes a code without a String
/// being made: open addressing over two machine words a value.
///
/// Values of at most 15 bytes (codes, ages, names of sexes) are the words themselves, so that equal words
/// mean equal values; of a longer value the words hold hash and length, and its bytes are compared.
struct TextDictionary: Sendable {
  private struct Key: Sendable {
    var low: UInt64
    var high: UInt64
  }

  /// The top byte of `Key.high` is a short value's length, or this.
  private static let longMark: UInt64 = 0xFF
  private static let longestShort = 15

  private var slots: [Int32]
  private var keys: [Key] = []
  private var storage: [UInt8] = []
  private var ends: [Int] = []
  private var latest = Key(low: 0, high: 0)
  private var latestCode: Int32 = -1

  init() { slots = [Int32](repeating: -1, count: 64) }

  /// How many distinct values there are.
  var count: Int { ends.count }

  /// The values from code `first` on, in the order of their first appearance.
  ///
  /// - Complexity: O(bytes).
  func values(from first: Int = 0) -> [String] {
    var start = first == 0 ? 0 : ends[first - 1]
    return ends[first...].map { end in
      defer { start = end }
      return String(decoding: storage[start..<end], as: UTF8.self)
    }
  }

  /// The code of `bytes[start..<end]`, which is not empty; nil when the bytes are not valid UTF-8.
  ///
  /// - Complexity: O(length) on average.
  mutating func code(for bytes: ByteView, from start: Int, to end: Int) -> Int32? {
    let key = Self.key(bytes, start, end)
    // Sorted files repeat a value row by row.
    if key.low == latest.low, key.high == latest.high, isSame(Int(latestCode), key, bytes, start, end) {
      return latestCode
    }
    let (known, slot) = find(key, bytes, start, end)
    if known >= 0 {
      latest = key
      latestCode = known
      return known
    }
    guard Self.isValidText(bytes, start, end), ends.count < Int32.max else { return nil }
    return insert(bytes, start, end, key, slot)
  }

  /// Takes up the values of `other` in their order and returns the code that each has here.
  ///
  /// - Complexity: O(values) on average.
  mutating func merge(_ other: TextDictionary) -> [Int32] {
    ByteView.lend(other.storage) { bytes in
      var start = 0
      return zip(other.ends, other.keys).map { end, key in
        defer { start = end }
        let (known, slot) = find(key, bytes, start, end)
        return known >= 0 ? known : insert(bytes, start, end, key, slot)
      }
    }
  }

  /// The code of a value, or −1 and the slot where it belongs.
  @inline(__always)
  private func find(_ key: Key, _ bytes: ByteView, _ start: Int, _ end: Int) -> (code: Int32, slot: Int) {
    let mask = slots.count - 1
    var slot = Self.hash(key) & mask
    while slots[slot] >= 0 {
      let code = slots[slot]
      let other = keys[Int(code)]
      if key.low == other.low, key.high == other.high, isSame(Int(code), key, bytes, start, end) {
        return (code, slot)
      }
      slot = (slot &+ 1) & mask
    }
    return (-1, slot)
  }

  private mutating func insert(_ bytes: ByteView, _ start: Int, _ end: Int, _ key: Key, _ slot: Int) -> Int32 {
    let code = Int32(truncatingIfNeeded: ends.count)
    for i in start..<end { storage.append(bytes[i]) }
    ends.append(storage.count)
    keys.append(key)
    slots[slot] = code
    latest = key
    latestCode = code
    if ends.count * 2 > slots.count { grow() }
    return code
  }

  private mutating func grow() {
    let mask = slots.count * 4 - 1
    slots = [Int32](repeating: -1, count: mask + 1)
    for (code, key) in keys.enumerated() {
      var slot = Self.hash(key) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(truncatingIfNeeded: code)
    }
  }

  /// Whether a value whose key is the same is the same value.
  @inline(__always)
  private func isSame(_ code: Int, _ key: Key, _ bytes: ByteView, _ start: Int, _ end: Int) -> Bool {
    key.high >> 56 != Self.longMark || holds(code, bytes, start, end)
  }

  private func holds(_ code: Int, _ bytes: ByteView, _ start: Int, _ end: Int) -> Bool {
    let from = code == 0 ? 0 : ends[code - 1]
    guard ends[code] - from == end - start else { return false }
    for k in 0..<(end - start) where storage[from + k] != bytes[start + k] { return false }
    return true
  }

  @inline(__always)
  private static func hash(_ key: Key) -> Int {
    // The folded product of wyhash (Wang Yi, 2019), with two of its constants.
    let (high, low) = (key.low ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(
      by: key.high ^ 0xE703_7ED1_A0B4_28DB)
    return Int(truncatingIfNeeded: high ^ low)
  }

  @inline(__always)
  private static func key(_ bytes: ByteView, _ start: Int, _ end: Int) -> Key {
    let length = end &- start
    if length <= longestShort, start &+ 16 <= bytes.count {
      let low = ByteWord(bytes, at: start).first(min(length, 8))
      let high = ByteWord(bytes, at: start &+ 8).first(max(length &- 8, 0))
      return Key(low: low, high: high | UInt64(truncatingIfNeeded: length) << 56)
    }
    return length <= longestShort ? shortKeyAtEnd(bytes, start, end) : longKey(bytes, start, end)
  }

  /// The key of a short value behind which the file has too few bytes to be read by the word.
  private static func shortKeyAtEnd(_ bytes: ByteView, _ start: Int, _ end: Int) -> Key {
    var key = Key(low: 0, high: UInt64(end - start) << 56)
    for k in 0..<(end - start) {
      let byte = UInt64(bytes[start + k])
      if k < 8 { key.low |= byte << UInt64(8 * k) } else { key.high |= byte << UInt64(8 * (k - 8)) }
    }
    return key
  }

  private static func longKey(_ bytes: ByteView, _ start: Int, _ end: Int) -> Key {
    var low: UInt64 = 0
    var i = start
    func mix(_ word: UInt64) {
      let product = (low ^ word ^ 0x8EBC_6AF0_9C88_C6E3).multipliedFullWidth(by: 0x5899_65CC_7537_4CC3)
      low = product.high ^ product.low
    }
    while i + 8 <= end {
      mix(bytes.word(at: i))
      i += 8
    }
    var rest: UInt64 = 0
    while i < end {
      rest = rest << 8 | UInt64(bytes[i])
      i += 1
    }
    mix(rest)
    return Key(low: low, high: longMark << 56 | UInt64(end - start) & 0x00FF_FFFF_FFFF_FFFF)
  }

  /// Whether the bytes are UTF-8.
  static func isValidText(_ bytes: ByteView, _ start: Int, _ end: Int) -> Bool {
    var i = start
    while i < end, bytes[i] < 0x80 { i += 1 }
    if i == end { return true }
    var rest: [UInt8] = []
    while i < end {
      rest.append(bytes[i])
      i += 1
    }
    return String(validating: rest, as: UTF8.self) != nil
  }
}
