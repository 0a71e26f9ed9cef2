// `npm run sandbox`: the whole system on this machine, with a story already told. With `--once`: the story, step by step,
// without a browser.

process.env.NODE_ENV ??= 'production'
const { runSandbox } = await import('./run.ts')
await runSandbox(process.argv.slice(2))
