// Where things lie in an EVTX file. References: libyal "Windows XML Event Log (EVTX) format" and [MS-EVEN6] section 2.2.12 (BinXml).

export const FILE_HEADER_BYTES = 4096
export const CHUNK_BYTES = 65_536

export const FILE_MAGIC = Buffer.from('ElfFile\0', 'latin1')
export const CHUNK_MAGIC = Buffer.from('ElfChnk\0', 'latin1')
export const RECORD_MAGIC = 0x00002a2a

/** File header: u16 count of chunks; stale in a log that was not closed. */
export const CHUNK_COUNT_AT = 42
/** File header: u32 of flags; bit 0 says that the log was not closed. */
export const FILE_FLAGS_AT = 120
export const FILE_DIRTY = 1

/** Chunk header: u32 where the next record would be written. The records begin behind the string and template tables. */
export const FREE_SPACE_AT = 48
export const FIRST_RECORD_AT = 512

/** Record: magic u32, size u32, id u64, written FILETIME u64, then BinXml, then the size once more. */
export const RECORD_HEADER_BYTES = 24
export const RECORD_TRAILER_BYTES = 4
export const SMALLEST_RECORD_BYTES = RECORD_HEADER_BYTES + RECORD_TRAILER_BYTES

/** BinXml tokens without `MORE`, [MS-EVEN6] section 2.2.12. */
export const TOKEN = {
  end: 0x00,
  openElement: 0x01,
  closeStartTag: 0x02,
  closeEmptyTag: 0x03,
  endElement: 0x04,
  value: 0x05,
  attribute: 0x06,
  cdata: 0x07,
  charRef: 0x08,
  entityRef: 0x09,
  piTarget: 0x0a,
  piData: 0x0b,
  template: 0x0c,
  substitution: 0x0d,
  optionalSubstitution: 0x0e,
  fragmentHeader: 0x0f,
} as const

/** Set on an element that has attributes, and on an attribute, value or reference that is followed by another. */
export const MORE = 0x40

/** Types of values; `ARRAY` is added for several of them in a row. */
export const TYPE = {
  null: 0x00,
  utf16: 0x01,
  ansi: 0x02,
  int8: 0x03,
  uint8: 0x04,
  int16: 0x05,
  uint16: 0x06,
  int32: 0x07,
  uint32: 0x08,
  int64: 0x09,
  uint64: 0x0a,
  real32: 0x0b,
  real64: 0x0c,
  bool: 0x0d,
  binary: 0x0e,
  guid: 0x0f,
  sizeT: 0x10,
  fileTime: 0x11,
  systemTime: 0x12,
  sid: 0x13,
  hex32: 0x14,
  hex64: 0x15,
  handle: 0x20,
  binXml: 0x21,
  xml: 0x23,
} as const

export const ARRAY = 0x80

/** What a hostile chunk may cost. Real logs stay far below each of them. */
export const LIMITS = {
  /** Elements, templates and values nested in one another. */
  depth: 64,
  /** The same while rendering, where templates and values meet. */
  renderDepth: 256,
  /** Characters of an element or attribute name. */
  nameUnits: 1024,
  /** Tokens, name characters and literal characters read in one chunk; an honest chunk holds each byte once. Most met: 38,080. */
  work: 500_000,
  /** Bytes of JSON made of one record: as long as a line may be. */
  lineBytes: 1024 * 1024,
  /** Bytes of JSON made of one chunk. */
  outputBytes: 8 * 1024 * 1024,
  /** Damaged places told one by one for a file; further ones are only counted. */
  damagesTold: 1000,
} as const
