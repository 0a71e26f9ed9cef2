// The esbuild settings of Postern's bundle. docs/decisions/0001-bundle-with-esbuild.md gives the reasons.

/** Entry points: the service, and the operator's commands. */
export const entries = { main: 'src/main.ts', cli: 'src/cli/main.ts' }

/** @satisfies {import('esbuild').BuildOptions} */
export const settings = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  minifyWhitespace: true, // less to parse and to keep in memory; some packages depend on names, so they stay
  minifySyntax: true,
  splitting: true, // a command loads only its own part
  sourcemap: true,
  sourcesContent: false, // a stack trace needs only lines and names
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' }, // React renders three times as fast
  external: [
    'prom-client', // its CommonJS exports lose their names in a bundle
    'msgpackr-extract', // loads a native library from its own folder
  ],
  // Bundled CommonJS packages load Node's own modules with `require`.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  logLevel: 'warning',
}
