// npm run find: prints the timeline of the messages and events that a text names: an address, an id of Polar's or Resend's, or
// a message id; and the commands that help. It changes nothing, and prints no address.

import { createSearch } from '../operator/search.ts'
import { oneText } from './arguments.ts'
import { command } from './command.ts'
import { createFind } from './timeline.ts'

export const find = command({
  usage: [
    'Name one thing: npm run find -- <message, event, order, invoice, subscription, customer, member or address>',
    'A name of a person finds nothing.',
  ],
  given: oneText,
  run: (context, text) => {
    const stores = context.searchableStores()
    const suppressions = context.suppressions()
    const pauseState = context.pause().state
    return createFind({ ...stores, suppressions, pauseState, search: createSearch(stores) })(text)
  },
})
