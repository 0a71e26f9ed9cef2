// The entry point of the service.

import { run } from './run.ts'

await run()
