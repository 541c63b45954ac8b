// A template as a flat program: constant bytes of JSON, and for each value of a record one instruction. Running it is what
// reading a log mostly consists of; render.ts says the same of any content, and does what no program can.

/** Instructions and their operands. `target`: where to go on; `value`: index of a value of the record. */
export const OP = {
  /** from, count: constant bytes. */
  copy: 0,
  /** from, count: the same, but their first byte is a comma that is left out where nothing precedes. */
  member: 1,
  /** value, target: goes on there when the value is null. */
  unlessNull: 2,
  /** target, count, values: goes on there when all of them are null. */
  unlessAllNull: 3,
  /** target */
  jump: 4,
  /** value, element: all that the element holds. */
  value: 5,
  /** value: of an attribute. */
  attribute: 6,
  /** value: `,"#text":` and the value, or nothing. */
  text: 7,
  /** value, element, target: when the value is BinXml the element is left to render.ts. */
  unlessBinXml: 8,
  /** value, element, target: the same, but one simple template in the value is run where the text would stand. */
  nest: 9,
  /** value, element: one of the items of a list. */
  item: 10,
  /** group: elements of one name, left to render.ts. */
  group: 11,
  /** element: left to render.ts. */
  element: 12,
} as const
