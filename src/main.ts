// The process: settings → app → roles, and closing on a signal within a deadline.

import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { run } from './run.ts'

if (existsSync('.env')) loadEnvFile('.env')
await run()
