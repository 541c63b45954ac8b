// A STIX pattern as a tree (STIX 2.1 section 9).

export type Literal =
  | { readonly kind: 'integer' | 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** Bytes, as `b'…'` or `h'…'` says them. */
  | { readonly kind: 'binary' | 'hex'; readonly value: Buffer }
  /** As written, without the quotes. */
  | { readonly kind: 'timestamp'; readonly value: string }

export type PathStep =
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'any' }

export type ObjectPath = { readonly type: string; readonly steps: readonly PathStep[] }

export type Operator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'LIKE'
  | 'MATCHES'
  | 'ISSUBSET'
  | 'ISSUPERSET'

export type Comparison =
  | {
      readonly kind: 'compare'
      readonly path: ObjectPath
      readonly not: boolean
      readonly operator: Operator
      readonly literal: Literal
    }
  | {
      readonly kind: 'in'
      readonly path: ObjectPath
      readonly not: boolean
      readonly set: readonly Literal[]
    }
  | { readonly kind: 'exists'; readonly path: ObjectPath; readonly not: boolean }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Comparison[] }

export type Qualifier =
  | { readonly kind: 'within'; readonly seconds: number }
  | { readonly kind: 'repeats'; readonly times: number }
  | { readonly kind: 'between'; readonly start: string; readonly stop: string }

export type Observation =
  | { readonly kind: 'observed'; readonly comparison: Comparison }
  | { readonly kind: 'and' | 'or' | 'followedby'; readonly parts: readonly Observation[] }
  | {
      readonly kind: 'qualified'
      readonly of: Observation
      /** In the order written: each holds for what the ones before leave. */
      readonly qualifiers: readonly Qualifier[]
    }
