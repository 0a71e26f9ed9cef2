// The entry point of the service: loads `.env` if there is one, and runs.

import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { run } from './run.ts'

if (existsSync('.env')) loadEnvFile('.env')
await run()
