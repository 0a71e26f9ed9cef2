// `npm run sandbox` starts the whole system on this machine and plays a story. With `--once` it walks through the story step
// by step, without a browser.

process.env.NODE_ENV ??= 'production'
const { runSandbox } = await import('./run.ts')
await runSandbox(process.argv.slice(2))
