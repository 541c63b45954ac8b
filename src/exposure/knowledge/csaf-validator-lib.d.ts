// The library brings no types for these entries.

declare module '@secvisogram/csaf-validator-lib/validate.js' {
  type Failure = { readonly message: string; readonly instancePath: string }
  type TestResult = {
    readonly name: string
    readonly isValid: boolean
    readonly errors: readonly Failure[]
  }
  const validate: (
    tests: readonly unknown[],
    document: unknown,
  ) => Promise<{ readonly tests: readonly TestResult[] }>
  export default validate
}
declare module '@secvisogram/csaf-validator-lib/mandatoryTests.js' {
  const tests: Readonly<Record<string, unknown>>
  export = tests
}
declare module '@secvisogram/csaf-validator-lib/schemaTests.js' {
  export const csaf_2_0: unknown
}
