// Builds the console into dist/console, which the station serves. Nothing is inlined: the page's policy allows no inline
// script or style, and no font or picture from elsewhere.

import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Browsers that know light-dark() and CSS nesting: both are used as they are, so neither may be rewritten. */
const BROWSERS = ['chrome123', 'firefox125', 'safari17.5']

export default defineConfig({
  root: here('.'),
  plugins: [react()],
  build: {
    outDir: here('../dist/console'),
    emptyOutDir: true,
    target: BROWSERS,
    cssTarget: BROWSERS,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})
