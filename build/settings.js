// The one place that says how Postern is bundled; docs/decisions/0001-bundle-with-esbuild.md says why.

/** The files that are started: the service, and the operator's commands. */
export const entries = { main: 'src/main.ts', cli: 'src/cli/main.ts' }

/** @satisfies {import('esbuild').BuildOptions} */
export const settings = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  minifyWhitespace: true, // less to parse and to keep in memory; names stay, since some packages go by them
  minifySyntax: true,
  splitting: true, // a command loads its own part only
  sourcemap: true,
  sourcesContent: false, // a stack trace needs lines and names, and the sources lie beside the bundle
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' }, // React renders three times as fast
  external: [
    'prom-client', // its CommonJS exports have no names once they are bundled
    'msgpackr-extract', // loads a native library from its own folder
  ],
  // Bundled CommonJS packages ask for Node's own modules by `require`.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  logLevel: 'warning',
}
