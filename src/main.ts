// The process: settings → app → roles, and closing on a signal within a deadline.

import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'

process.env.NODE_ENV ??= 'production' // React renders three times as fast
if (existsSync('.env')) loadEnvFile('.env')
const { run } = await import('./run.ts')
await run()
