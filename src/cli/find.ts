// npm run find: prints the timeline of the messages and events that a text names: an address, an id of Polar's or Resend's, or
// a message id. It changes nothing, and prints no address.

import { command } from './command.ts'

export const find = (texts: readonly string[]) =>
  command(async ({ find }) =>
    texts.length === 1 && texts[0]
      ? find(texts[0])
      : {
          lines: [],
          errors: [
            'Name one thing: npm run find -- <message, event, order, invoice, subscription, customer, member or address>',
          ],
        },
  )
