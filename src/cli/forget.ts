// npm run forget: erases a customer, and reports what went.

import { command } from './command.ts'

export const forget = (texts: readonly string[]) =>
  command(async ({ forget }) =>
    texts.length === 1 && texts[0]
      ? forget(texts[0])
      : {
          lines: [],
          errors: ['Name one customer by its id at Polar: npm run forget -- <customer>'],
        },
  )
